import Dispatch
import Locking

/// What a server is made of, behind its public face: the listener, the sessions, the state.
final class ServerCore: Sendable {
    /// Chooses the requests that are answered besides the scripts, and by what.
    typealias Aside = @Sendable (Request) -> (@Sendable (Connection) async throws -> Void)?

    let listener: Listener
    let surroundings: Surroundings
    let poller: any Poller
    let queue = DispatchQueue(label: "MockEventServer")
    let state = Protected(ServerState())
    let emptied = Promise<Void>()
    private let stopwatch: Stopwatch
    private let observer = Protected<Connection.Observer?>(nil)
    private let aside = Protected<Aside?>(nil)

    init(port: Int, surroundings: Surroundings) throws(MockServerError) {
        self.surroundings = surroundings
        stopwatch = Stopwatch(on: surroundings.clock)
        poller = try Self.systemPoller()
        do throws(MockServerError) {
            listener = try Listener(port: port, poller: poller, queue: queue)
        } catch {
            throw error.adding(port: port)
        }
        let issues = surroundings.issues
        listener.activate(
            onClient: { [weak self] client in
                if let self { accept(client) } else { client.close() }
            },
            onExhausted: {
                issues.appendOnce(
                    Issue(.outOfDescriptors, "clients had to wait for a file descriptor"))
            })
    }

    private static func systemPoller() throws(MockServerError) -> any Poller {
        #if os(Linux)
            return try EpollPoller.shared()
        #else
            return DispatchPoller.shared
        #endif
    }

    // MARK: Scripts

    func script(_ path: String, _ replies: [Reply], at place: SourcePlace) {
        surroundings.refuse(state.withLock { $0.script(path, replies, at: place) })
    }

    func handle(
        _ path: String, _ handler: @escaping @Sendable (Connection) async throws -> Void,
        at place: SourcePlace
    ) {
        surroundings.refuse(state.withLock { $0.handle(path, handler, at: place) })
    }

    // MARK: Requests

    /// Gives a request its number and its answer.
    ///
    /// - Parameters:
    ///   - head: The request, its body included, and what its client can do.
    ///   - wire: Where the answer goes.
    /// - Returns: The connection, and what to do about it.
    func register(
        _ head: RequestParser.Head, wire: any Wire
    ) -> (Connection, ServerState.Answer) {
        if let handler = aside.withLock({ $0 })?(head.request) {
            let answer = ServerState.Answer.handler(handler)
            let connection = Connection(
                number: 0, head: head, answer: answer, wire: wire, startedAt: stopwatch.elapsed,
                surroundings: surroundings)
            return (connection, answer)
        }
        let observer = observer.withLock { $0 }
        let (connection, answer) = state.withLock { state in
            let (number, answer) = state.receive(head.request)
            // Read under the lock, lest the times of the journal run backwards.
            let connection = Connection(
                number: number, head: head, answer: answer, wire: wire,
                startedAt: stopwatch.elapsed, surroundings: surroundings, observer: observer)
            state.add(connection)
            return (connection, answer)
        }
        if case .surprise(let issue, isNew: true) = answer { surroundings.issues.append(issue) }
        observer?(connection, .came)
        return (connection, answer)
    }

    /// Calls back for every request from now on.
    func observe(_ body: @escaping Connection.Observer) {
        observer.withLock { $0 = body }
    }

    /// Answers some requests besides the scripts; see ``MockEventServer/answerAside(_:)``.
    func answerAside(_ aside: @escaping Aside) {
        self.aside.withLock { $0 = aside }
    }

    /// Forgets what may hold what holds this server.
    func forgetCallbacks() {
        observer.withLock { $0 = nil }
        aside.withLock { $0 = nil }
    }

    /// Tells those who wait for a connection.
    func announce(_ connection: Connection) {
        guard !connection.isAside else { return }
        awaited(connection.number, on: connection.path).keep(connection)
    }

    /// The promise of the nth connection on a path.
    func awaited(_ number: Int, on path: String) -> Promise<Connection> {
        state.withLock { $0.awaited(number, on: path) }
    }

    /// Answers a request, to the end.
    ///
    /// - Parameters:
    ///   - connection: The request's connection.
    ///   - answer: What to do.
    func answer(_ connection: Connection, with answer: ServerState.Answer) async {
        switch answer {
        case .reply(let reply, number: _, of: _):
            await play(reply, on: connection)
        case .surprise(let issue, isNew: _):
            await play(Self.refusal(issue), on: connection)
        case .handler(let handler):
            do {
                try await handler(connection)
                try await connection.finishIfNeeded()
            } catch let error
                where error is Gone || (error as? MockServerError)?.code == .connectionEnded
            {
                // A client that leaves while the handler or a channel sends is no issue, and the
                // error may come before the ending is recorded.
            } catch {
                guard connection.ending.current == nil else { return }
                guard !connection.isAside else { return await connection.drop(.reset) }
                await fail(connection, because: error)
            }
        }
    }

    /// Ends the answer of a handler that has failed, and answers what comes to its path from now on.
    ///
    /// A client that is only cut off comes back, and the handler fails it again, for ever.
    private func fail(_ connection: Connection, because error: any Error) async {
        let isUnanswered = connection.isUnanswered
        let end = isUnanswered ? "it was answered with 501" : "the connection was reset"
        let issue = Issue(
            .handlerFailed, "\(connection.name): \(error); \(end)", path: connection.path)
        surroundings.issues.append(issue)
        state.withLock { $0.handlerFailed(issue, on: connection.path) }
        if isUnanswered, (try? await connection.respond(Self.refusal(issue))) != nil { return }
        await connection.drop(.reset)
    }

    /// No policy asks again after this status.
    private static func refusal(_ issue: Issue) -> Reply {
        .status(501, body: "MockEventServer: \(issue)\n")
    }

    /// Answers a request that could not be read.
    ///
    /// - Parameters:
    ///   - failure: Why not.
    ///   - wire: Where the answer goes.
    func refuse(_ failure: RequestParser.Failure, on wire: any Wire) async {
        surroundings.issues.append(
            Issue(.unreadableRequest, "\(failure.text); answered \(failure.status)"))
        let body = Array("MockEventServer: \(failure.text).\n".utf8)
        let head = ResponseHead.complete(
            failure.status, headers: [:], bodyCount: body.count, closes: true)
        try? await wire.write(head.bytes + body)
    }

    /// The script stops as soon as the answer has ended, whoever ended it.
    private func play(_ reply: Reply, on connection: Connection) async {
        // It throws only when the connection has ended.
        let script = Task { _ = try? await connection.play(reply) }
        connection.cancelAtTheEnd(script)
        await withTaskCancellationHandler {
            await script.value
        } onCancel: {
            script.cancel()
        }
    }
}
