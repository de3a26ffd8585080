/// Something that should not have happened: what ``MockEventServer/run(clock:waitLimit:fileID:line:_:)``
/// reports on leaving.
///
/// ```swift
/// for issue in server.issues { print(issue) }
/// ```
public struct Issue: Sendable, Hashable {
    /// What kind of thing.
    ///
    /// ```swift
    /// #expect(!server.issues.contains { $0.kind == .surpriseRequest })
    /// ```
    public enum Kind: String, Sendable, Hashable {
        /// A script that makes no sense.
        case invalidScript
        /// A request that nothing was scripted for.
        case surpriseRequest
        /// Bytes that are no HTTP request, or too many of them.
        case unreadableRequest
        /// A handler threw an error.
        case handlerFailed
        /// A reset was asked for, but the client did not take the bytes before it.
        case undelivered
        /// The process ran out of file descriptors.
        case outOfDescriptors
        /// A reply that no request came for.
        case unplayedReply
        /// A connection that was open although its script did not hold it.
        case openConnection
    }

    /// What kind of thing.
    public var kind: Kind

    /// The path it is about.
    public var path: String?

    /// The number of the reply in the script, from 1.
    public var reply: Int?

    /// The number of the step in the reply, from 1.
    public var step: Int?

    /// What happened, in words.
    public var message: String

    init(
        _ kind: Kind, _ message: String, path: String? = nil, reply: Int? = nil, step: Int? = nil
    ) {
        self.kind = kind
        self.message = message
        self.path = path
        self.reply = reply
        self.step = step
    }
}

extension Issue: CustomStringConvertible {
    /// The message after its label.
    public var description: String {
        switch kind {
        case .invalidScript: "script: \(message)"
        case .surpriseRequest: "surprise: \(message)"
        case .unreadableRequest: "unreadable: \(message)"
        case .handlerFailed: "handler: \(message)"
        case .undelivered: "undelivered: \(message)"
        case .outOfDescriptors: "descriptors: \(message)"
        case .unplayedReply: "not played: \(message)"
        case .openConnection: "still open: \(message)"
        }
    }
}
