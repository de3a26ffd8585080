import MockServer

/// A stream as a server has it, for this client and for those that nobody here wrote.
struct ServedStream: Sendable {
    /// What one connection sends.
    struct Body: Sendable {
        var bytes: [UInt8]
        var end = Step.end
        /// How many bytes go out at a time.
        var piece = Int.max

        var reply: Reply {
            let step = Step.raw(bytes)
            let cut = piece < bytes.count ? step.dribbled(piece, every: .milliseconds(1)) : step
            return .stream([cut, end])
        }
    }

    /// Where its paths begin.
    let root: String
    /// The replies on each of its paths; the last one is repeated.
    let replies: [String: [Reply]]
    /// What its connections send, if nothing else is answered.
    let bodies: [Body]

    var path: String { root + "/feed" }
    /// What it is called in failures.
    var name: String { String(root.drop { $0 == "/" }) }
    /// Whether one of its connections is reset.
    var isReset: Bool { bodies.contains { $0.end == .drop(.reset) } }

    /// A stream of bodies, one a connection, and then of a 204.
    init(_ root: String, _ bodies: [Body]) {
        self.root = root
        replies = ["/feed": bodies.map(\.reply) + [.status(204)]]
        self.bodies = bodies
    }

    /// A stream of any replies, also on paths that a redirect leads to.
    init(_ root: String, _ replies: [String: [Reply]]) {
        self.root = root
        self.replies = replies
        bodies = []
    }
}

extension MockEventServer {
    /// Answers as the streams say.
    func serve(_ streams: [ServedStream]) {
        for stream in streams {
            for (path, replies) in stream.replies {
                handle(stream.root + path) { connection in
                    let index = min(connection.number, replies.count) - 1
                    try await connection.respond(replies[index])
                }
            }
        }
    }

    /// What was asked of each stream, in order.
    func requests(of streams: [ServedStream]) -> [[Request]] {
        let all = journal.map(\.request)
        return streams.map { stream in
            all.filter { $0.path.hasPrefix(stream.root + "/") }
        }
    }
}
