import Locking

/// One TCP connection: reads its requests one after the other and has each answered.
final class Session: Serving {
    private struct State {
        var task: Task<Void, Never>?
        var current: Connection?
        var peerEnd: Ending.Cause?
        var isClosed = false
        var isDone = false
        var isStopped = false
    }

    private let socket: Socket
    private let core: ServerCore
    private let state = Protected(State())

    init(_ socket: Socket, core: ServerCore) {
        self.socket = socket
        self.core = core
    }

    /// Begins to serve.
    func start() {
        let task = Task { await self.serve() }
        state.withLock { $0.task = task }
        // Armed only now, so that a client that leaves at once finds the task to cancel.
        socket.activate(
            onPeerEnd: { end in self.peerEnded(end) },
            onClosed: { self.partEnded { $0.isClosed = true } })
    }

    /// Ends whatever is going on, at once.
    func stop() {
        let (connection, task) = state.withLock { state in
            state.isStopped = true
            return (state.current, state.task)
        }
        connection?.serverStopped()
        task?.cancel()
        socket.close()
    }

    private func peerEnded(_ end: Socket.PeerEnd) {
        let cause: Ending.Cause =
            switch end {
            case .fin: .fin
            case .reset: .reset
            }
        let (connection, task) = state.withLock { state in
            state.peerEnd = cause
            return (state.current, state.task)
        }
        connection?.clientLeft(cause)
        task?.cancel()
    }

    private func partEnded(_ note: (inout State) -> Void) {
        let isOver = state.withLock { state in
            note(&state)
            guard state.isClosed, state.isDone else { return false }
            state.task = nil
            // The connection stays: that its client has left may be on its way.
            return true
        }
        if isOver { core.sessionEnded(self) }
    }

    // MARK: Requests

    private func serve() async {
        var goesOn = true
        while goesOn { goesOn = await serveOne() }
        // Where the answer or the client has not closed the connection already.
        socket.closeAfterPeer()
        partEnded { $0.isDone = true }
    }

    /// Serves one request.
    ///
    /// - Returns: Whether another may follow.
    private func serveOne() async -> Bool {
        let head: RequestParser.Head
        do {
            head = try await readRequest()
        } catch let failure as RequestParser.Failure {
            await core.refuse(failure, on: socket)
            return false
        } catch {
            return false
        }
        let (connection, answer) = core.register(head, wire: socket)
        let (peerEnd, isStopped) = state.withLock { state in
            state.current = connection
            return (state.peerEnd, state.isStopped)
        }
        // Who stopped the server may not have seen it.
        if isStopped { connection.serverStopped() }
        if let peerEnd { connection.clientLeft(peerEnd) }
        core.announce(connection)
        await core.answer(connection, with: answer)
        return connection.ending.current?.cause == .complete
            && !connection.state.withLock { $0.closesWhenComplete }
    }

    private func readRequest() async throws -> RequestParser.Head {
        var bytes: [UInt8] = []
        var head: RequestParser.Head?
        while true {
            bytes = try await socket.received(moreThan: bytes.count)
            if bytes.count >= Socket.receiveLimit { throw RequestParser.Failure.tooLong }
            if head == nil {
                head = try RequestParser.head(in: bytes)
                if let head, head.expectsContinue, bytes.count == head.count {
                    try await socket.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
                }
            }
            guard var head, let body = try RequestParser.body(of: head, in: bytes) else { continue }
            socket.consume(body.count)
            head.request.body = body.body
            return head
        }
    }
}
