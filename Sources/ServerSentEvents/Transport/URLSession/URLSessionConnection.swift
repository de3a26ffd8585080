import Dispatch
import Foundation
import Locking

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The reins of one data task.
final class URLSessionConnection: TransportConnection {
    let channel: ResponseChannel

    private struct State {
        var life = Life.new
        /// Where the transfer can be paused, as soon as it can be.
        var queue: DispatchQueue?
        var isPaused = false
        var isAnswered = false
        #if canImport(FoundationNetworking)
            var burst = Burst()
            var tunnelHead = TunnelHead()

            /// Holds back the head of a proxy: the server has yet to answer.
            mutating func holds(_ response: HTTPURLResponse, _ head: ResponseHead) -> Bool {
                guard tunnelHead.holds(response, head) else { return false }
                isAnswered = false
                return true
            }
        #endif
        /// Whether the transfer rests until the queue comes to it again.
        var isResting = false
    }

    private enum Life {
        /// The control queue has not come to it yet.
        case new
        case running(URLSessionDataTask)
        /// The task, if there was one, is about to be cancelled.
        case closed(URLSessionDataTask?)
    }

    private let session: SharedSession
    private let pausing: TransferPause?
    private let storesCookies: Bool
    private let state = Protected(State())
    #if canImport(FoundationNetworking)
        private let mayBeTunnelled: Bool
    #endif

    init(
        _ request: URLRequest, session: SharedSession, channel: ResponseChannel,
        pause: TransferPause?, storesCookies: Bool
    ) {
        self.session = session
        self.storesCookies = storesCookies
        self.channel = channel
        pausing = pause
        #if canImport(FoundationNetworking)
            mayBeTunnelled = TunnelHead.mayCome(for: request)
        #endif
    }

    var isClosed: Bool {
        state.withLock { if case .closed = $0.life { true } else { false } }
    }

    /// Runs the task, unless the connection was closed before; on the control queue.
    func start(_ task: URLSessionDataTask) {
        let isClosed = state.withLock { state in
            if case .closed = state.life { return true }
            state.life = .running(task)
            return false
        }
        guard !isClosed else { return task.cancel() }
        let queue = pausing?.queue(of: task)
        state.withLock { $0.queue = queue }
        task.resume()
        #if canImport(FoundationNetworking)
            guard let queue else { return }
            queue.async { [pausing] in pausing?.settle(task) }
            nudge(task, on: queue, after: 250)
        #endif
    }

    func close() {
        let task = state.withLock { state -> URLSessionDataTask? in
            guard case .running(let task) = state.life else {
                if case .new = state.life { state.life = .closed(nil) }
                return nil
            }
            state.life = .closed(task)
            return task
        }
        guard let task else { return }
        session.control.async { task.cancel() }
    }

    func pause() { schedulePausing() }
    func resume() { schedulePausing() }

    private func schedulePausing() {
        state.withLock { $0.queue }?.async { self.pauseOrResume(self.channel.wantsPause) }
    }

    /// Does what the channel wants by now, so that it does not matter how many calls came meanwhile.
    private func pauseOrResume(_ wantsPause: Bool) {
        let change = state.withLock { state -> (task: URLSessionDataTask, isPaused: Bool)? in
            let task: URLSessionDataTask?
            var wantsPause = wantsPause || state.isResting
            switch state.life {
            case .new: task = nil
            case .running(let running): task = running
            case .closed(let closed):
                // Cancelling waits for the queue that reads: a flood would go on for as long.
                task = closed
                wantsPause = true
            }
            guard let task, state.queue != nil, state.isPaused != wantsPause else { return nil }
            state.isPaused = wantsPause
            return (task, wantsPause)
        }
        if let change { pausing?.set(change.isPaused, for: change.task) }
    }

    /// Hands over the head of an answer, unless it may be that of a proxy.
    func received(_ response: URLResponse) {
        // On Linux informational answers come here, too, each before the final one; 101 is final, as
        // what follows it is not HTTP.
        guard let head = ResponseHead(response), head.status >= 200 || head.status == 101
        else { return }
        #if canImport(FoundationNetworking)
            if mayBeTunnelled, let response = response as? HTTPURLResponse,
                state.withLock({ $0.holds(response, head) })
            {
                return
            }
            storeCookies(of: response)
        #endif
        channel.receive(head)
    }

    #if canImport(FoundationNetworking)
        /// Hands over a head that turned out to be the server's.
        func handOverHeldHead() {
            guard mayBeTunnelled, let response = state.withLock({ $0.tunnelHead.take() })
            else { return }
            storeCookies(of: response)
            if let head = ResponseHead(response) { channel.receive(head) }
        }

        /// Stores the cookies of an answer, if the request said so.
        func storeCookies(of response: URLResponse?) {
            guard storesCookies, let response = response as? HTTPURLResponse else { return }
            SharedCookies.store(from: response)
        }
    #endif

    /// Hands over the next bytes of the body.
    func received(_ data: Data) {
        #if canImport(FoundationNetworking)
            handOverHeldHead()
            let wantsPause = channel.take([UInt8](data))
            let queue = state.withLock { state -> DispatchQueue? in
                guard state.queue != nil, state.burst.isLong(at: .now()) else { return nil }
                state.isResting = true
                return state.queue
            }
            queue?.async { self.endRest() }
            // This is the work queue already. A pause that had to wait for its turn there, or for the
            // thread that is telling the connection to resume, would come after further reads: there
            // is no bound on how many.
            pauseOrResume(wantsPause)
        #else
            channel.receive([UInt8](data))
        #endif
    }

    #if canImport(FoundationNetworking)
        private func endRest() {
            state.withLock { $0.isResting = false }
            pauseOrResume(channel.wantsPause)
        }

        /// An answer has come, so that there must be a transfer to pause; on the task's work queue.
        func answered(_ task: URLSessionDataTask) {
            let queue = state.withLock { state in
                state.isAnswered = true
                return state.queue
            }
            guard let queue, let pausing else { return }
            guard pausing.check(task) else { return state.withLock { $0.queue = nil } }
            queue.async { [self] in dropWriteSource(of: task) }
        }

        /// Makes FoundationNetworking wait for reading alone.
        ///
        /// It goes on watching whether a fresh connection can be written to, which it always can:
        /// 970 ms of CPU a second. Pausing drops both watches, and going on sets up the one.
        private func dropWriteSource(of task: URLSessionDataTask) {
            let isPaused = state.withLock { $0.isPaused }
            // If much came along with the head, it is paused already, and goes on in its time.
            guard !isClosed, !isPaused else { return }
            pausing?.renew(task)
        }

        /// Drops the write source, too, while the server takes its time to answer: once, and again
        /// ever more rarely, as it has no effect before the request is sent.
        private func nudge(
            _ task: URLSessionDataTask, on queue: DispatchQueue, after milliseconds: Int
        ) {
            // Neither is held: an ended task would keep its session and the connections it left.
            queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
                [weak self, weak task] in
                guard let self, let task, !isClosed, !state.withLock({ $0.isAnswered })
                else { return }
                dropWriteSource(of: task)
                nudge(task, on: queue, after: min(milliseconds * 2, 8000))
            }
        }
    #endif
}
