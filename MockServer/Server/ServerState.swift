/// What one server knows: its routes and the requests that came; pure.
struct ServerState: Sendable {
    /// What is to be done about a request.
    enum Answer: Sendable {
        case reply(Reply, number: Int, of: Int)
        case handler(@Sendable (Connection) async throws -> Void)
        /// Nothing was scripted: an answer that explains itself, and an issue unless there is one.
        case surprise(Issue, isNew: Bool)
    }

    /// A reply that no request came for.
    struct Unplayed: Sendable {
        var path: String
        var reply: Reply
        var place: SourcePlace
        var number: Int
        var count: Int
    }

    private struct Place: Hashable {
        var path: String
        var number: Int
    }

    private var routes: [String: Route] = [:]
    private var invalid: [String: Issue] = [:]
    private var counts: [String: Int] = [:]
    private var awaited: [Place: Promise<Connection>] = [:]

    /// All requests, in their order.
    private(set) var connections: [Connection] = []
    var sessions: [ObjectIdentifier: any Serving] = [:]
    var isStopping = false

    // MARK: Routes

    /// Adds replies to a path.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - replies: The replies.
    ///   - place: Where they were scripted.
    /// - Returns: What makes no sense.
    mutating func script(_ path: String, _ replies: [Reply], at place: SourcePlace) -> [Issue] {
        var queue = ReplyQueue()
        var messages: [(message: String, reply: Int?, step: Int?)] = []
        messages += Self.problems(ofPath: path).map { ($0, nil, nil) }
        switch routes[path] {
        case .script(let existing): queue = existing
        case .handler, .failed: messages.append(("\(path) has a handler already", nil, nil))
        case nil: break
        }
        for (reply, problem) in queue.append(replies, at: place) {
            let step = problem.step.map { ", step \($0)" } ?? ""
            messages.append(
                ("\(path), reply \(reply)\(step): \(problem.text)", reply, problem.step))
        }
        routes[path] = .script(queue)
        let issues = messages.map { message, reply, step in
            Issue(.invalidScript, "\(message)   \(place)", path: path, reply: reply, step: step)
        }
        if let first = issues.first { invalid[path] = first }
        return issues
    }

    /// Sets the handler of a path.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - handler: The handler.
    ///   - place: Where it was set.
    /// - Returns: What makes no sense.
    mutating func handle(
        _ path: String, _ handler: @escaping @Sendable (Connection) async throws -> Void,
        at place: SourcePlace
    ) -> [Issue] {
        var messages = Self.problems(ofPath: path)
        if case .script = routes[path] { messages.append("\(path) has a script already") }
        routes[path] = .handler(handler)
        let issues = messages.map { Issue(.invalidScript, "\($0)   \(place)", path: path) }
        if let first = issues.first { invalid[path] = first }
        return issues
    }

    /// The handler of a path has failed: it is not called again.
    ///
    /// - Parameters:
    ///   - issue: How.
    ///   - path: The path.
    mutating func handlerFailed(_ issue: Issue, on path: String) {
        if case .handler = routes[path] { routes[path] = .failed(issue) }
    }

    /// Forgets the handlers, which may hold what holds this server.
    mutating func forgetHandlers() {
        routes = routes.filter { _, route in
            if case .script = route { true } else { false }
        }
    }

    private static func problems(ofPath path: String) -> [String] {
        guard path.hasPrefix("/"), !path.contains("?") else {
            return ["\(path.quoted) is no path: it begins with / and has no query"]
        }
        // URL encodes more than this, but other clients do not.
        let isSent = path.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        guard !isSent else { return [] }
        let encoded = path.percentEncodedPath
        return ["\(path.quoted) is no path as requests have it; write \"\(encoded)\""]
    }

    // MARK: Requests

    /// Gives a request its number and its answer.
    ///
    /// - Parameter request: The request.
    /// - Returns: The number on its path, from 1, and what to do.
    mutating func receive(_ request: Request) -> (number: Int, answer: Answer) {
        let number = counts[request.path, default: 0] + 1
        counts[request.path] = number
        return (number, answer(to: request, number))
    }

    mutating func add(_ connection: Connection) {
        connections.append(connection)
    }

    private mutating func answer(to request: Request, _ number: Int) -> Answer {
        let path = request.path
        if let issue = invalid[path] { return .surprise(issue, isNew: false) }
        let message: String
        switch routes[path] {
        case .handler(let handler):
            return .handler(handler)
        case .failed(let issue):
            return .surprise(issue, isNew: false)
        case .script(var queue):
            if let (reply, replyNumber) = queue.next() {
                routes[path] = .script(queue)
                return .reply(reply, number: replyNumber, of: queue.count)
            }
            let replies =
                switch queue.count {
                case 0: "its script is empty"
                case 1: "its only reply was played"
                case let count: "all its \(count) replies were played"
                }
            message = "request \(number) for \(path): \(replies); add a reply, or .repeatLast"
        case nil:
            let known = routes.keys.sorted().joined(separator: ", ")
            let scripts = known.isEmpty ? "nothing at all is" : "only \(known)"
            message = "\(request.method) \(path) is not scripted; \(scripts)"
        }
        return .surprise(Issue(.surpriseRequest, message, path: path), isNew: true)
    }

    /// The promise of the nth connection on a path.
    mutating func awaited(_ number: Int, on path: String) -> Promise<Connection> {
        let place = Place(path: path, number: number)
        if let promise = awaited[place] { return promise }
        let promise = Promise<Connection>()
        awaited[place] = promise
        return promise
    }

    /// The replies that no request came for, by path.
    var unplayed: [Unplayed] {
        routes.sorted { $0.key < $1.key }.flatMap { path, route -> [Unplayed] in
            guard case .script(let queue) = route else { return [] }
            return queue.unplayed.map { item, number in
                Unplayed(
                    path: path, reply: item.reply, place: item.place, number: number,
                    count: queue.count)
            }
        }
    }
}
