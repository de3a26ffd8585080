import Dispatch
import Synchronization

/// What a server is made of, behind its public face.
final class ServerCore: Sendable {
    /// What is to be done about a request.
    enum Answer: Sendable {
        case reply(Reply)
        case handler(@Sendable (Connection) async throws -> Void)
    }

    private struct Place: Hashable {
        var path: String
        var number: Int
    }

    private struct State {
        var routes: [String: Route] = [:]
        var connections: [Connection] = []
        var byPath: [String: [Connection]] = [:]
        var awaited: [Place: Promise<Connection>] = [:]
        var issues: [Issue] = []
        var sessions: [ObjectIdentifier: Session] = [:]
        var isStopping = false
    }

    let listener: Listener
    let surroundings: Surroundings
    private let queue = DispatchQueue(label: "MockEventServer")
    private let stopwatch: Stopwatch
    private let state = Mutex(State())
    private let emptied = Promise<Void>()

    init(surroundings: Surroundings) throws(MockServerError) {
        self.surroundings = surroundings
        stopwatch = Stopwatch(on: surroundings.clock)
        listener = try Listener(queue: queue)
        listener.activate(
            onClient: { [weak self] in self?.accept($0) },
            onExhausted: { [weak self] in self?.noteExhaustion() })
    }

    // MARK: Scripts

    func script(_ path: String, _ replies: [Reply], at place: SourcePlace) {
        let issues = state.withLock { state -> [Issue] in
            var issues = Self.pathIssues(path)
            var queue = ReplyQueue()
            switch state.routes[path] {
            case .script(let existing): queue = existing
            case .handler:
                issues.append(Issue(.invalidScript, "\(path) has a handler already", path: path))
            case nil: break
            }
            issues += queue.append(replies, at: place).map { reply, problem in
                let step = problem.step.map { ", step \($0)" } ?? ""
                let message = "\(path), reply \(reply)\(step): \(problem.text)   \(place)"
                return Issue(
                    .invalidScript, message, path: path, reply: reply, step: problem.step)
            }
            state.routes[path] = .script(queue)
            state.issues += issues
            return issues
        }
        if let first = issues.first { surroundings.interruption.keep(.invalidScript(first)) }
    }

    func handle(
        _ path: String, _ handler: @escaping @Sendable (Connection) async throws -> Void
    ) {
        let issues = state.withLock { state -> [Issue] in
            var issues = Self.pathIssues(path)
            if case .script = state.routes[path] {
                issues.append(Issue(.invalidScript, "\(path) has a script already", path: path))
            }
            state.routes[path] = .handler(handler)
            state.issues += issues
            return issues
        }
        if let first = issues.first { surroundings.interruption.keep(.invalidScript(first)) }
    }

    private static func pathIssues(_ path: String) -> [Issue] {
        guard !path.hasPrefix("/") || path.utf8.contains(0x3F) || path.utf8.contains(0x20) else {
            return []
        }
        let message = "\(path.quoted) is no path: it begins with / and has no query and no space"
        return [Issue(.invalidScript, message, path: path)]
    }

    func report(_ issue: Issue) {
        state.withLock { $0.issues.append(issue) }
    }

    private func noteExhaustion() {
        let issue = Issue(
            .outOfDescriptors, "clients had to wait, as the process ran out of file descriptors")
        state.withLock { state in
            if !state.issues.contains(issue) { state.issues.append(issue) }
        }
    }

    // MARK: Requests

    /// Gives a request its number and its answer.
    func register(
        _ request: Request, keepsAlive: Bool, wire: any Wire
    ) -> (Connection, Answer) {
        state.withLock { state in
            let number = state.byPath[request.path, default: []].count + 1
            var initial = ConnectionState()
            let answer = Self.answer(to: request, number, &state, &initial)
            var isScripted = true
            if case .handler = answer { isScripted = false }
            let connection = Connection(
                number: number, request: request, keepsAlive: keepsAlive, wire: wire,
                answer: initial, isScripted: isScripted, startedAt: stopwatch.elapsed,
                surroundings: surroundings)
            state.connections.append(connection)
            state.byPath[request.path, default: []].append(connection)
            return (connection, answer)
        }
    }

    private static func answer(
        to request: Request, _ number: Int, _ state: inout State, _ initial: inout ConnectionState
    ) -> Answer {
        let what = "\(request.method) \(request.path)"
        let message: String
        switch state.routes[request.path] {
        case .handler(let handler):
            return .handler(handler)
        case .script(var queue):
            if let issue = state.issues.first(where: {
                $0.kind == .invalidScript && $0.path == request.path
            }) {
                return explanation(issue.message)
            }
            initial.replyCount = queue.count
            if let (reply, replyNumber) = queue.next() {
                state.routes[request.path] = .script(queue)
                initial.replyNumber = replyNumber
                return .reply(reply)
            }
            let replies = queue.count == 1 ? "its 1 reply is" : "its \(queue.count) replies are"
            message = "\(what), request \(number): \(replies) played; add one, or .repeatLast"
        case nil:
            let known = state.routes.keys.sorted().joined(separator: ", ")
            message = "\(what): nothing is scripted there, only \(known.isEmpty ? "-" : known)"
        }
        state.issues.append(Issue(.surpriseRequest, message, path: request.path))
        return explanation(message)
    }

    private static func explanation(_ message: String) -> Answer {
        .reply(.status(500, body: "MockEventServer: \(message).\n"))
    }

    /// Tells those who wait for a connection.
    func announce(_ connection: Connection) {
        awaited(connection.number, on: connection.path).keep(connection)
    }

    /// The promise of the nth connection on a path.
    func awaited(_ number: Int, on path: String) -> Promise<Connection> {
        state.withLock { state in
            let place = Place(path: path, number: number)
            if let promise = state.awaited[place] { return promise }
            let promise = Promise<Connection>()
            state.awaited[place] = promise
            return promise
        }
    }

    /// Answers a request, to the end.
    func answer(_ connection: Connection, with answer: Answer) async {
        switch answer {
        case .reply(let reply):
            await play(reply, on: connection)
        case .handler(let handler):
            do {
                try await handler(connection)
                try await connection.finishIfNeeded()
            } catch {
                guard connection.ending.current == nil else { return }
                let message = "\(connection.name) threw \(error); the connection was reset"
                report(Issue(.handlerFailed, message, path: connection.path))
                await connection.drop(.reset)
            }
        }
    }

    /// The script stops as soon as the answer has ended, whoever ended it.
    private func play(_ reply: Reply, on connection: Connection) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await connection.play(reply) }
            group.addTask { _ = try? await connection.ending.value() }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: Inspection

    var issues: [Issue] { state.withLock { $0.issues } }

    var connections: [Connection] { state.withLock { $0.connections } }

    /// The replies that no request came for, by path.
    var unplayed: [(path: String, item: ReplyQueue.Item, number: Int, count: Int)] {
        let routes = state.withLock { $0.routes }
        return routes.sorted { $0.key < $1.key }.flatMap { path, route in
            guard case .script(let queue) = route else { return [] as [(String, ReplyQueue.Item, Int, Int)] }
            return queue.unplayed.map { (path, $0.item, $0.number, queue.count) }
        }
    }

    // MARK: Life

    private func accept(_ descriptor: SocketDescriptor) {
        let session = Session(Socket(descriptor, queue: queue), core: self)
        let starts = state.withLock { state in
            guard !state.isStopping else { return false }
            state.sessions[ObjectIdentifier(session)] = session
            return true
        }
        if starts { session.start() } else { descriptor.close() }
    }

    func sessionEnded(_ session: Session) {
        let isLast = state.withLock { state in
            state.sessions[ObjectIdentifier(session)] = nil
            return state.isStopping && state.sessions.isEmpty
        }
        if isLast { emptied.keep() }
    }

    /// Begins to stop: from here on a connect is refused and every client is being dropped.
    func beginStopping() {
        let sessions: [Session]? = state.withLock { state in
            guard !state.isStopping else { return nil }
            state.isStopping = true
            // Handlers may hold what holds this server.
            state.routes = state.routes.filter { if case .script = $0.value { true } else { false } }
            return Array(state.sessions.values)
        }
        guard let sessions else { return }
        listener.close()
        surroundings.interruption.keep(.stopped)
        for session in sessions { session.stop() }
        if sessions.isEmpty { emptied.keep() }
    }

    /// Stops, and waits until all is closed; a handler that ignores cancellation is left behind.
    func stop() async {
        beginStopping()
        let (listenerClosed, emptied) = (listener.closed, emptied)
        queue.asyncAfter(deadline: .now() + .milliseconds(900)) {
            listenerClosed.keep()
            emptied.keep()
        }
        // In a task of its own, as stopping must not be cut short by cancellation.
        await Task {
            try? await listenerClosed.value()
            try? await emptied.value()
        }.value
    }
}
