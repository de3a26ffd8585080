/// The life of a stream's connections, one after the other: what each happening leads to.
///
/// Pure and copyable, as it is part of an iterator, which has to be copyable.
enum ConnectionStateMachine {
    /// No connection, and none is being made.
    case idle
    /// A request was sent, the head of its answer has not come; some redirects lie behind it.
    case connecting(redirects: Int)
    /// The answer was accepted: what comes is events.
    case open(since: Duration)
    /// The answer was refused: the start of its body is collected for the error.
    case refused(EventStreamError, ResponseHead, body: [UInt8])
    /// The reconnector has the word.
    case deciding
    /// The reconnector waits.
    case waiting(Duration)
    /// Nothing more will happen.
    case finished

    /// As much of a refused answer's body as an error carries.
    static let bodyLimit = 64 * 1024

    init() {
        self = .idle
    }

    // MARK: The consumer asks

    enum AskedAction: Equatable {
        /// Send a request.
        case connect
        /// Take the next part of the answer.
        case receive
        /// Wait before the next connection.
        case wait(Duration)
        /// There is nothing more.
        case end
    }

    func asked() -> AskedAction {
        switch self {
        case .idle: .connect
        case .connecting, .open, .refused: .receive
        case .waiting(let delay): .wait(delay)
        case .deciding: preconditionFailure("a decision is made within one call")
        case .finished: .end
        }
    }

    // MARK: The connection's events

    mutating func connecting() {
        switch self {
        case .idle: self = .connecting(redirects: 0)
        case .connecting, .open, .refused, .deciding, .waiting, .finished:
            preconditionFailure("connecting while \(self)")
        }
    }

    enum HeadAction: Equatable {
        /// The stream is open.
        case open
        /// Close the connection, and send the request again to this place.
        case follow(location: String, redirects: Int)
        /// Close the connection; the stream is finished.
        case finish
        /// Go on receiving, but not for long: the error's body follows.
        case receiveBody
        /// Close the connection: what follows cannot be read.
        case disconnect
        /// Go on receiving.
        case ignore
    }

    mutating func received(_ head: ResponseHead, at now: Duration) -> HeadAction {
        switch self {
        case .connecting(let redirects):
            switch ResponseVerdict(head) {
            case .stream:
                self = .open(since: now)
                return .open
            case .finished:
                self = .finished
                return .finish
            case .redirect(let location):
                self = .connecting(redirects: redirects + 1)
                return .follow(location: location, redirects: redirects + 1)
            case .refused:
                self = .refused(.refused(head), head, body: [])
            case .wrongContentType:
                self = .refused(.wrongContentType(head), head, body: [])
            case .wrongCoding:
                self = .refused(.wrongCoding(head), head, body: [])
            }
            return head.hasPlainBody ? .receiveBody : .disconnect
        case .open, .refused:
            // A custom transport reported a second head, say of a trailer section.
            return .ignore
        case .idle, .deciding, .waiting, .finished:
            preconditionFailure("a head while \(self)")
        }
    }

    enum ChunksAction: Equatable {
        /// They are events.
        case parse
        /// Go on receiving.
        case receive
        /// Close the connection: enough of the error's body has come.
        case disconnect
    }

    mutating func received(_ chunks: [[UInt8]]) -> ChunksAction {
        switch self {
        case .open:
            return .parse
        case .refused(let error, let head, var body):
            for chunk in chunks { body += chunk.prefix(Self.bodyLimit - body.count) }
            self = .refused(error, head, body: body)
            return body.count < Self.bodyLimit ? .receive : .disconnect
        case .connecting:
            // A custom transport sent a body without a head.
            return .receive
        case .idle, .deciding, .waiting, .finished:
            preconditionFailure("a body while \(self)")
        }
    }

    /// The connection is over, by itself or because the last action was to close it.
    mutating func ended(_ end: ResponseEnd, at now: Duration) -> Disconnection {
        defer { self = .deciding }
        switch self {
        case .connecting:
            return Disconnection(cause: .failed(.noAnswer(end)), endedAt: now)
        case .open(let since):
            return Disconnection(cause: .lost(end), openedAt: since, endedAt: now)
        case .refused(var error, let head, let body):
            error.response = EventStreamError.Response(head, body: body)
            return Disconnection(cause: .failed(error), endedAt: now)
        case .idle, .deciding, .waiting, .finished:
            preconditionFailure("an end while \(self)")
        }
    }

    // MARK: The reconnector's decisions

    mutating func reconnects(after delay: Duration) {
        self = .waiting(delay)
    }

    mutating func waited() {
        self = .idle
    }

    /// The stream failed or was cancelled, or its terminator came.
    mutating func finished() {
        self = .finished
    }
}
