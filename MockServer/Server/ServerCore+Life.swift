import Dispatch
import Locking

extension ServerCore {
    /// How long stopping may take.
    private static let stopLimit = DispatchTimeInterval.milliseconds(900)

    func accept(_ descriptor: SocketDescriptor) {
        let session = Session(Socket(descriptor, poller: poller, queue: queue), core: self)
        if begin(session) { session.start() } else { descriptor.close() }
    }

    /// Keeps a session until it has ended, so that it can be stopped.
    ///
    /// - Parameter session: The session.
    /// - Returns: Whether it may begin: not while the server is being stopped.
    func begin(_ session: any Serving) -> Bool {
        state.withLock { state in
            guard !state.isStopping else { return false }
            state.sessions[ObjectIdentifier(session)] = session
            return true
        }
    }

    func sessionEnded(_ session: any Serving) {
        let isLast = state.withLock { state in
            state.sessions[ObjectIdentifier(session)] = nil
            return state.isStopping && state.sessions.isEmpty
        }
        if isLast { emptied.keep() }
    }

    /// Begins to stop: from here on a connect is refused and every client is being dropped.
    func beginStopping() {
        let sessions: [any Serving]? = state.withLock { state in
            guard !state.isStopping else { return nil }
            state.isStopping = true
            state.forgetHandlers()
            return Array(state.sessions.values)
        }
        guard let sessions else { return }
        forgetCallbacks()
        listener.close()
        surroundings.interruption.keep(.stopped)
        for session in sessions { session.stop() }
        if sessions.isEmpty { emptied.keep() }
    }

    /// Stops, and waits until all is closed; a handler that ignores cancellation is left behind.
    func stop() async {
        beginStopping()
        let (listenerClosed, emptied) = (listener.closed, emptied)
        queue.asyncAfter(deadline: .now() + Self.stopLimit) {
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
