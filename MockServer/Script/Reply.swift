import ServerSentEvents

/// What the server answers to one request.
///
/// ```swift
/// server.script("/feed", [
///     .status(503, retryAfter: .seconds(1)),
///     .redirect(to: "/feed"),
///     .stream([.event("one"), .drop(.reset)]),
///     .stream([.event("two"), .hold]),
/// ])
/// ```
public struct Reply: Sendable, Hashable {
    /// How the end of a stream's body is told.
    ///
    /// ```swift
    /// let reply = Reply.stream([.event("one"), .drop(.fin)], framing: .contentLength(100))
    /// ```
    public struct Framing: Sendable, Hashable {
        enum Kind: Sendable, Hashable {
            case chunked
            case closeDelimited
            case contentLength(Int)
            /// No HTTP at all: what the steps write is all there is.
            case raw
        }

        var kind: Kind

        /// By chunks, as servers of event streams do; each step is a chunk.
        ///
        /// For a client that speaks HTTP/1.0, which has no chunks, it is ``closeDelimited``.
        public static let chunked = Framing(kind: .chunked)

        /// By closing the connection, as HTTP/1.0 did.
        public static let closeDelimited = Framing(kind: .closeDelimited)

        static let raw = Framing(kind: .raw)

        /// By a length told in advance.
        ///
        /// - Parameter count: The `Content-Length`; a stream that ends must have exactly as many, one
        ///   that stays open fewer.
        /// - Returns: The framing.
        public static func contentLength(_ count: Int) -> Framing {
            Framing(kind: .contentLength(count))
        }
    }

    enum Coding: Sendable, Hashable {
        case identity
        case gzip
    }

    enum Kind: Sendable, Hashable {
        case stream([Step], headers: Headers, framing: Framing, coding: Coding)
        case status(Int, headers: Headers, body: String, retryAfter: Duration?)
        case redirect(Int, to: String)
        case bytes([Step])
        case refuse
        case repeatLast
    }

    var kind: Kind

    /// A stream of events: status 200, `Content-Type: text/event-stream`, `Cache-Control: no-cache`,
    /// `X-Accel-Buffering: no`, and what the steps do.
    ///
    /// - Parameters:
    ///   - steps: The steps, in order.
    ///   - headers: More headers, or others than the three above.
    ///   - framing: How the end of the body is told.
    /// - Returns: The reply.
    public static func stream(
        _ steps: [Step], headers: Headers = [:], framing: Framing = .chunked
    ) -> Reply {
        Reply(kind: .stream(steps, headers: headers, framing: framing, coding: .identity))
    }

    /// A stream of events compressed with gzip, whatever the client accepts: as ``stream(_:headers:framing:)``,
    /// with `Content-Encoding: gzip`.
    ///
    /// Each step can be decoded as soon as it has come. It is not made smaller: the blocks are stored
    /// ones ([RFC 1951, section 3.2.4](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4)). A drop
    /// leaves out the end of the compressed data.
    ///
    /// - Parameters:
    ///   - steps: The steps, in order; those that write more than 65,535 bytes are several chunks.
    ///   - headers: More headers, or others than the default ones.
    ///   - framing: How the end of the body is told: by chunks, or by closing the connection.
    /// - Returns: The reply.
    public static func gzip(
        _ steps: [Step], headers: Headers = [:], framing: Framing = .chunked
    ) -> Reply {
        Reply(kind: .stream(steps, headers: headers, framing: framing, coding: .gzip))
    }

    /// A complete answer with a status, such as 204 or 503.
    ///
    /// - Parameters:
    ///   - code: The status, 200 to 599.
    ///   - headers: The headers; `Content-Length`, and `Content-Type: text/plain` for a body, are added.
    ///   - body: The body.
    ///   - retryAfter: The value of `Retry-After`, rounded up to whole seconds.
    /// - Returns: The reply.
    public static func status(
        _ code: Int, headers: Headers = [:], body: String = "", retryAfter: Duration? = nil
    ) -> Reply {
        Reply(kind: .status(code, headers: headers, body: body, retryAfter: retryAfter))
    }

    /// A redirect.
    ///
    /// - Parameters:
    ///   - code: The status, 300 to 399.
    ///   - location: The value of `Location`, as it is; it may be relative, or empty.
    /// - Returns: The reply.
    public static func redirect(_ code: Int = 302, to location: String) -> Reply {
        Reply(kind: .redirect(code, to: location))
    }

    /// Bytes in place of an HTTP answer, its head included: for what is malformed.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, sent as they are.
    ///   - step: What follows, a terminal step; a FIN by default.
    /// - Returns: The reply.
    public static func bytes(_ bytes: [UInt8], then step: Step = .drop(.fin)) -> Reply {
        Reply(kind: .bytes([.raw(bytes), step]))
    }

    /// A text in place of an HTTP answer, its head included: for what is malformed.
    ///
    /// - Parameters:
    ///   - text: The text, sent as it is.
    ///   - step: What follows, a terminal step; a FIN by default.
    /// - Returns: The reply.
    public static func bytes(_ text: String, then step: Step = .drop(.fin)) -> Reply {
        Reply(kind: .bytes([.raw(text), step]))
    }

    /// Steps in place of an HTTP answer, without any head or framing: for a head that is malformed,
    /// slow, cut or stalls.
    ///
    /// - Parameter steps: The steps; what they write goes out as it is.
    /// - Returns: The reply.
    public static func bytes(steps: [Step]) -> Reply {
        Reply(kind: .bytes(steps))
    }

    /// A reset as soon as the request has been read, without a byte of an answer.
    public static var refuse: Reply { Reply(kind: .refuse) }

    /// The reply before this one, for every further request; only as the last reply of a script.
    public static var repeatLast: Reply { Reply(kind: .repeatLast) }
}

extension Reply: CustomStringConvertible {
    /// The reply in few words: `.stream, 2 steps`, `.status(503)`.
    public var description: String {
        switch kind {
        case .stream(let steps, headers: _, framing: _, coding: .identity):
            ".stream, \(count(steps))"
        case .stream(let steps, headers: _, framing: _, coding: .gzip): ".gzip, \(count(steps))"
        case .status(let code, headers: _, body: _, retryAfter: _): ".status(\(code))"
        case .redirect(let code, let location):
            ".redirect(\(code), to: \(Redaction.url(location).quoted))"
        case .bytes(let steps): ".bytes, \(count(steps))"
        case .refuse: ".refuse"
        case .repeatLast: ".repeatLast"
        }
    }

    /// The steps to play, if the reply has any.
    var steps: [Step] {
        switch kind {
        case .stream(let steps, headers: _, framing: _, coding: _), .bytes(let steps): steps
        case .status, .redirect, .refuse, .repeatLast: []
        }
    }

    private func count(_ steps: [Step]) -> String {
        steps.count == 1 ? "1 step" : "\(steps.count) steps"
    }
}
