extension EventStreamError {
    /// A kind of failure; more may be added, so keep a `default` where you switch over them.
    ///
    /// ```swift
    /// if error.code == .connectionFailed { showOffline() }
    /// ```
    ///
    /// <doc:HandlingErrors> tells of each when it comes and what to do.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case invalidRequest
            case prepareFailed
            case connectionFailed
            case timedOut
            case refused
            case wrongContentType
            case wrongCoding
            case badRedirect
            case eventTooLarge
            case bufferOverflow
            case truncated
            case interrupted
            case decodingFailed
            case unknownType
        }

        private let value: Value

        /// The URL, its scheme, a header field or a setting cannot be used; nothing was sent.
        public static let invalidRequest = Code(value: .invalidRequest)

        /// The `prepareRequest` closure threw; `underlying` is its error.
        public static let prepareFailed = Code(value: .prepareFailed)

        /// The connection could not be made, or was lost, and the policy gave up.
        public static let connectionFailed = Code(value: .connectionFailed)

        /// The server did not answer, or fell silent, and the policy gave up.
        public static let timedOut = Code(value: .timedOut)

        /// The server answered with a status that the policy does not retry.
        public static let refused = Code(value: .refused)

        /// The answer was 200, but its content type is not `text/event-stream`.
        public static let wrongContentType = Code(value: .wrongContentType)

        /// The answer was an event stream, but compressed (`Content-Encoding: gzip`), although the
        /// stream asks for `identity`.
        public static let wrongCoding = Code(value: .wrongCoding)

        /// A redirect without a usable `Location`, to an insecure place, to a URL with a user name, or
        /// one too many.
        public static let badRedirect = Code(value: .badRedirect)

        /// One event was larger than `Limits.eventSize`.
        public static let eventTooLarge = Code(value: .eventTooLarge)

        /// More arrived than could be buffered, and without event IDs it cannot be asked for again.
        public static let bufferOverflow = Code(value: .bufferOverflow)

        /// The stream ended before its terminator, or its connection was lost, and it is not to be
        /// made again.
        public static let truncated = Code(value: .truncated)

        /// A ``ConnectionControl`` had the connection closed; it is the reason of a disconnect, and no
        /// stream fails with it.
        public static let interrupted = Code(value: .interrupted)

        /// An event's data, or the body of a response, are not what they were to be decoded as.
        ///
        /// `event` or `response` is what was to be decoded, and `underlying` says why it was not. After
        /// an event, the next call of the iterator goes on with the following one.
        public static let decodingFailed = Code(value: .decodingFailed)

        /// A router that throws for unknown types got one; `event` is that event, and the next call
        /// of the iterator goes on after it.
        public static let unknownType = Code(value: .unknownType)

        /// The code's name, such as `refused`.
        public var description: String { value.rawValue }
    }
}
