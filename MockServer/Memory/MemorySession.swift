import Locking
import ServerSentEvents

/// One request and its answer without a socket.
final class MemorySession: Serving {
    private struct State {
        var connection: Connection?
        var task: Task<Void, Never>?
        var isStopped = false
    }

    private let core: ServerCore
    private let wire: MemoryWire
    private let state = Protected(State())

    init(method: String, channel: ResponseChannel, core: ServerCore) {
        self.core = core
        wire = MemoryWire(method: method, channel: channel)
    }

    /// Begins to serve.
    ///
    /// - Parameter head: The request.
    func start(_ head: RequestParser.Head) {
        guard core.begin(self) else { return wire.refuse() }
        if let failure = head.failure { return refuse(failure) }
        let (connection, answer) = core.register(head, wire: wire)
        wire.activate { isComplete in
            // A client closes its side when it sees the other closed.
            if !isComplete { connection.clientLeft(.fin) }
        }
        core.announce(connection)
        let task = Task {
            await core.answer(connection, with: answer)
            wire.closeAfterPeer()
            core.sessionEnded(self)
        }
        began(task, connection)
    }

    private func refuse(_ failure: RequestParser.Failure) {
        let task = Task {
            await core.refuse(failure, on: wire)
            wire.closeAfterPeer()
            core.sessionEnded(self)
        }
        began(task, nil)
    }

    /// Notes what a stop ends, which may have come meanwhile.
    private func began(_ task: Task<Void, Never>, _ connection: Connection?) {
        let isStopped = state.withLock { state in
            (state.connection, state.task) = (connection, task)
            return state.isStopped
        }
        if isStopped { stop() }
    }

    func stop() {
        let (connection, task) = state.withLock { state in
            state.isStopped = true
            return (state.connection, state.task)
        }
        connection?.serverStopped()
        task?.cancel()
        wire.closeAfterPeer()
    }
}

extension MemorySession: TransportConnection {
    func pause() {
        wire.pause()
    }

    func resume() {
        wire.resume()
    }

    func close() {
        let (connection, task) = state.withLock { ($0.connection, $0.task) }
        switch wire.close() {
        case .reading:
            connection?.clientLeft(.fin)
            task?.cancel()
        case .satisfied:
            // Over a socket it would keep the connection for another request.
            break
        case .gone:
            task?.cancel()
        }
    }
}
