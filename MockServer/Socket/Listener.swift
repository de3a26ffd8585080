import Dispatch
import Locking

/// The listening socket: hands over every client, and survives running out of descriptors.
final class Listener: Sendable {
    private struct State {
        var source: (any DispatchSourceRead)?
        var isPaused = false
        var isClosed = false
    }

    private let descriptor: SocketDescriptor
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
    ///   - queue: The serial queue on which clients are handed over.
    /// - Throws: A ``MockServerError`` that names the system call.
    init(port: Int, queue: DispatchQueue) throws(MockServerError) {
        self.queue = queue
        (descriptor, self.port) = try SocketDescriptor.listening(on: port)
    }

    /// Begins to accept.
    ///
    /// - Parameters:
    ///   - onClient: Called on the queue with each client.
    ///   - onExhausted: Called on the queue when the process is out of descriptors.
    func activate(
        onClient: @escaping @Sendable (SocketDescriptor) -> Void,
        onExhausted: @escaping @Sendable () -> Void
    ) {
        let (descriptor, closed) = (descriptor, closed)
        // Made under the lock, as a source is not Sendable: the state owns it from the start.
        state.withLock { state in
            let source = DispatchSource.makeReadSource(
                fileDescriptor: descriptor.number, queue: queue)
            source.setEventHandler { [weak self] in self?.accept(onClient, onExhausted) }
            source.setCancelHandler {
                descriptor.close()
                closed.keep()
            }
            state.source = source
            source.activate()
        }
        // The first timer of a process opens a descriptor, and never fires if there is none left:
        // `pause` needs one just then.
        queue.asyncAfter(deadline: .now() + .microseconds(1)) {}
    }

    private func accept(
        _ onClient: @Sendable (SocketDescriptor) -> Void, _ onExhausted: @Sendable () -> Void
    ) {
        // In portions, so that a rush of clients does not starve those who are being served.
        for _ in 0..<64 {
            guard state.withLock({ !$0.isClosed }) else { return }
            switch descriptor.accept() {
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

    /// The waiting client stays in the queue and the source would fire at once, for ever.
    private func pause() {
        state.withLock { state in
            guard !state.isClosed, !state.isPaused else { return }
            state.isPaused = true
            state.source?.suspend()
        }
        queue.asyncAfter(deadline: .now() + .milliseconds(20)) { [weak self] in self?.unpause() }
    }

    private func unpause() {
        state.withLock { state in
            guard state.isPaused else { return }
            state.isPaused = false
            state.source?.resume()
        }
    }

    /// Stops listening, once; `closed` tells when it is done.
    func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            // Closing happens on the queue, which a busy machine may be slow to run.
            descriptor.finishListening()
            state.source?.cancel()
            // A suspended source never runs its cancel handler.
            if state.isPaused { state.source?.resume() }
            state.isPaused = false
            state.source = nil
        }
    }
}
