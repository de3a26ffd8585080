import Dispatch
import Locking

/// The listening socket: hands over every client, and survives running out of descriptors.
final class Listener: Sendable {
    private struct State {
        var watch: (any Watch)?
        var isPaused = false
        var isClosed = false
    }

    private let descriptor: SocketDescriptor
    private let poller: any Poller
    private let queue: DispatchQueue
    private let state = Protected(State())

    /// The port it listens on.
    let port: Int

    /// Kept once a connect is refused.
    let closed = Promise<Void>()

    /// Binds a port; nobody is accepted before `activate`.
    ///
    /// - Parameters:
    ///   - port: The port; for 0 the system chooses one.
    ///   - poller: What tells of clients.
    ///   - queue: The serial queue of the server.
    /// - Throws: A ``MockServerError`` that names the system call.
    init(port: Int, poller: any Poller, queue: DispatchQueue) throws(MockServerError) {
        self.poller = poller
        self.queue = queue
        (descriptor, self.port) = try SocketDescriptor.listening(on: port)
    }

    /// Begins to accept.
    ///
    /// - Parameters:
    ///   - onClient: Called with each client; must not block.
    ///   - onExhausted: Called when the process is out of descriptors.
    func activate(
        onClient: @escaping @Sendable (SocketDescriptor) -> Void,
        onExhausted: @escaping @Sendable () -> Void
    ) {
        let watch = poller.watch(descriptor.number) { [weak self] _ in
            self?.accept(onClient, onExhausted)
        }
        state.withLock { $0.watch = watch }
        watch.ask(for: .reading)
        // The first timer of a process opens a descriptor, and never fires if there is none left:
        // `pause` needs one just then.
        queue.asyncAfter(deadline: .now() + .microseconds(1)) {}
    }

    private func accept(
        _ onClient: @Sendable (SocketDescriptor) -> Void, _ onExhausted: @Sendable () -> Void
    ) {
        // In portions, so that a rush of clients does not starve those who are being served.
        for _ in 0..<64 {
            // Under the lock: the number of a closed descriptor may be that of another file.
            let acceptance = state.withLock { $0.isClosed ? .nobody : descriptor.accept() }
            switch acceptance {
            case .client(let client): onClient(client)
            case .nobody: return
            case .exhausted:
                pause()
                return onExhausted()
            case .failed:
                return pause()
            }
        }
    }

    /// The waiting client stays in the queue and the poller would call at once, for ever.
    private func pause() {
        state.withLock { state in
            guard !state.isClosed, !state.isPaused else { return }
            state.isPaused = true
            state.watch?.ask(for: [])
        }
        queue.asyncAfter(deadline: .now() + .milliseconds(20)) { [weak self] in self?.unpause() }
    }

    private func unpause() {
        state.withLock { state in
            guard state.isPaused else { return }
            state.isPaused = false
            state.watch?.ask(for: .reading)
        }
    }

    /// Stops listening, once; `closed` tells when it is done.
    func close() {
        let watch = state.withLock { state -> (any Watch)? in
            guard !state.isClosed else { return nil }
            (state.isClosed, state.isPaused) = (true, false)
            // Some pollers close later, on a busy machine much later.
            self.descriptor.finishListening()
            defer { state.watch = nil }
            return state.watch
        }
        let (descriptor, closed) = (descriptor, closed)
        watch?.cancel {
            descriptor.close()
            closed.keep()
        }
    }
}
