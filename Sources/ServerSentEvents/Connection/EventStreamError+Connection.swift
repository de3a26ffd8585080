extension EventStreamError {
    /// The error for an answer whose status is refused; its body is added later.
    static func refused(_ head: ResponseHead) -> EventStreamError {
        EventStreamError(
            .refused,
            """
            The server refused the stream with status \(head.status): the response in this error \
            says more.
            """,
            response: Response(head))
    }

    /// The error for an answer that is no event stream.
    static func wrongContentType(_ head: ResponseHead) -> EventStreamError {
        let found = head.headers["content-type"].map { "\"\($0)\"" } ?? "none"
        return EventStreamError(
            .wrongContentType,
            """
            The server's answer is not an event stream, its content type is \(found): check the \
            URL, or have the server send "text/event-stream".
            """,
            response: Response(head))
    }

    /// The error for a stream that is compressed, although it was asked for as it is.
    static func wrongCoding(_ head: ResponseHead) -> EventStreamError {
        EventStreamError(
            .wrongCoding,
            """
            The server's answer is compressed ("\(head.codings.joined(separator: ", "))"), which \
            would hold events back: have it send event streams as they are.
            """,
            response: Response(head))
    }

    /// The error for a connection that ended before the head of an answer.
    static func noAnswer(_ end: ResponseEnd) -> EventStreamError {
        switch end {
        case .complete, .overflow: unanswered(underlying: nil)
        case .failed(let error as EventStreamError): error
        case .failed(let error): unanswered(underlying: error)
        case .interrupted: .interrupted
        case .timedOut:
            EventStreamError(
                .timedOut,
                """
                The server did not answer in time: check that it is up, or raise `Timeouts.open`.
                """)
        }
    }

    /// The error for a stream that ended before its terminator.
    static func truncated(
        attempts: Int = 0, underlying: (any Error)? = nil
    ) -> EventStreamError {
        EventStreamError(
            .truncated,
            "The stream ended before its terminator: what came is incomplete, so ask for it again.",
            attempts: attempts, underlying: underlying)
    }

    /// The error for a connection that was closed to make another one; no stream fails with it.
    static let interrupted = EventStreamError(
        .interrupted, "The app had the connection closed: the stream goes on from its last event.")

    private static func unanswered(underlying: (any Error)?) -> EventStreamError {
        EventStreamError(
            .connectionFailed,
            """
            The server could not be reached, or closed the connection without an answer: check the \
            address and the network.
            """,
            underlying: underlying)
    }
}

extension Disconnection.Cause {
    /// Why an open stream is over.
    static func lost(_ end: ResponseEnd) -> Disconnection.Cause {
        switch end {
        case .complete: .ended
        case .overflow: .overflowed
        case .interrupted: .failed(.interrupted)
        case .failed(let error):
            .failed(
                EventStreamError(
                    .connectionFailed,
                    "The connection was lost: check the network, and that the server keeps it open.",
                    underlying: error))
        case .timedOut:
            .failed(
                EventStreamError(
                    .timedOut,
                    """
                    The server fell silent: have it send comments to keep the stream alive, or \
                    raise `Timeouts.idle`.
                    """))
        }
    }
}
