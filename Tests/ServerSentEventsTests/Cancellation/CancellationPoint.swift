import MockServer

/// Where a task that iterates a stream may stand when it is cancelled.
enum CancellationPoint: String, CaseIterable, Sendable, Codable {
    case beforeTheFirstNext
    case inPrepareRequest
    /// The transport has the request, but has not begun.
    case beforeTheConnect
    case whileConnecting
    case beforeTheHead
    case insideTheHead
    case afterTheHead
    case insideALine
    case afterAnEvent
    /// The consumer does not read, and the channel is full.
    case whilePaused
    case inTheBodyOfARedirect
    case afterARedirect
    case inTheDelay
    case inTheBodyOfARefusal
    /// The watchdog ends the connection just then.
    case atTheIdleTimeout
    case afterTheEnd

    /// The points there are in memory, where every connect succeeds at once.
    static let inMemory = allCases.filter { $0 != .whileConnecting }

    /// The points there are over sockets.
    static let overSockets: [CancellationPoint] = {
        #if os(Linux)
            return allCases
        #else
            return inMemory  // without a listener that does not answer
        #endif
    }()

    /// What the server does up to this point; the mark "here" tells that it got there.
    var reply: Reply {
        switch self {
        case .beforeTheFirstNext, .inPrepareRequest, .beforeTheConnect, .whileConnecting,
            .beforeTheHead:
            .bytes(steps: [.mark("here"), .stall])
        case .insideTheHead:
            .bytes(steps: [.raw("HTTP/1.1 200 OK\r\nConte"), .mark("here"), .stall])
        case .afterTheHead, .atTheIdleTimeout: .stream([.mark("here"), .stall])
        case .insideALine: .stream([.raw("data: on"), .mark("here"), .stall])
        case .afterAnEvent: .stream([.event("one"), .mark("here"), .hold])
        case .whilePaused: .stream([.event("one"), .padding(1000).repeated(50), .hold])
        case .inTheBodyOfARedirect: Self.redirect(length: 9, then: [.mark("here"), .stall])
        case .afterARedirect: Self.redirect(length: 2, then: [.drop(.fin)])
        // Delimited by its end, so that no connection is kept for later.
        case .inTheDelay: .stream([.event("one"), .end], framing: .closeDelimited)
        case .inTheBodyOfARefusal:
            .bytes(steps: [.raw("HTTP/1.1 404 No\r\n\r\nno"), .mark("here"), .stall])
        case .afterTheEnd: .stream([.event("one"), .event("", type: "end"), .hold])
        }
    }

    /// Where the redirects lead: to a place that does not answer.
    static let nextReply = Reply.bytes(steps: [.mark("here"), .stall])

    private static func redirect(length: Int, then steps: [Step]) -> Reply {
        let head = "HTTP/1.1 307 X\r\nLocation: ?next\r\nConnection: close\r\n"
        return .bytes(steps: [.raw(head + "Content-Length: \(length)\r\n\r\nno")] + steps)
    }

    /// Who ends the first connection; `nil` where there may be none, or it may be either.
    var endingParty: Ending.Party? {
        switch self {
        case .beforeTheFirstNext, .inPrepareRequest, .beforeTheConnect, .whileConnecting,
            .afterARedirect:
            nil
        case .inTheDelay: .server
        default: .client
        }
    }

    /// How many requests there may be at most.
    var requestLimit: Int {
        switch self {
        case .beforeTheFirstNext, .inPrepareRequest: 0
        case .inTheBodyOfARedirect, .afterARedirect: 2
        default: 1
        }
    }
}
