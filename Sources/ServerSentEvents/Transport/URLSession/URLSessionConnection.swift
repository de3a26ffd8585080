import Foundation
import Locking

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The reins of one data task.
final class URLSessionConnection: TransportConnection {
    let channel: ResponseChannel

    private enum State {
        /// The control queue has not come to it yet.
        case new
        case running(URLSessionDataTask)
        case closed
    }

    private let session: SharedSession
    private let state = Protected(State.new)

    init(session: SharedSession, channel: ResponseChannel) {
        self.session = session
        self.channel = channel
    }

    var isClosed: Bool {
        state.withLock { if case .closed = $0 { true } else { false } }
    }

    /// Runs the task, unless the connection was closed before; on the control queue.
    func start(_ task: URLSessionDataTask) {
        let isClosed = state.withLock { state in
            if case .closed = state { return true }
            state = .running(task)
            return false
        }
        isClosed ? task.cancel() : task.resume()
    }

    func close() {
        let task = state.withLock { state -> URLSessionDataTask? in
            defer { state = .closed }
            guard case .running(let task) = state else { return nil }
            return task
        }
        guard let task else { return }
        session.control.async { task.cancel() }
    }

    #if canImport(FoundationNetworking)
        // On Linux `suspend` closes the connection and `resume` sends the request again.
        func pause() {}
        func resume() {}
    #else
        func pause() { withRunningTask { $0.suspend() } }
        func resume() { withRunningTask { $0.resume() } }

        private func withRunningTask(_ body: @escaping @Sendable (URLSessionDataTask) -> Void) {
            session.control.async { [self] in
                let task = state.withLock { state -> URLSessionDataTask? in
                    guard case .running(let task) = state else { return nil }
                    return task
                }
                if let task { body(task) }
            }
        }
    #endif
}
