#if os(Linux)
    internal import CLibcurl
    internal import Foundation
    internal import Locking

    /// The thread that runs all transfers, for the life of the process from the first one on.
    final class LibcurlThread: Sendable {
        enum Order {
            case open(Int64, LibcurlRequest, ResponseChannel)
            case pauseOrResume(Int64)
            case close(Int64)
            case run(UnownedJob)
        }

        private struct State {
            var orders: [Order] = []
            var lastID: Int64 = 0
            /// The thread found nothing to do, and may be waiting for the network.
            var isWaiting = false
        }

        private static let started = Protected<LibcurlThread?>(nil)

        private let state = Protected(State())
        // Made before the thread starts, and used by that thread alone, but for `clibcurl_loop_wake`,
        // which only writes to a descriptor that is never closed.
        nonisolated(unsafe) private let loop: OpaquePointer

        private init(_ loop: OpaquePointer) {
            self.loop = loop
        }

        /// The thread, which the first call starts.
        static func shared() throws(LibcurlError) -> LibcurlThread {
            try started.withLock { (started) throws(LibcurlError) in
                if let started { return started }
                var problem: UnsafePointer<CChar>?
                guard let loop = clibcurl_loop_create(&problem) else {
                    throw problem.map { .unusable(String(cString: $0)) } ?? .outOfMemory
                }
                let new = LibcurlThread(loop)
                started = new
                Thread { new.run() }.start()
                return new
            }
        }

        func open(_ request: LibcurlRequest, into channel: ResponseChannel) -> LibcurlConnection {
            let id = state.withLock { state in
                state.lastID += 1
                return state.lastID
            }
            order(.open(id, request, channel))
            return LibcurlConnection(id: id, thread: self)
        }

        func order(_ order: Order) {
            let isWaiting = state.withLock { state in
                state.orders.append(order)
                defer { state.isWaiting = false }
                return state.isWaiting
            }
            if isWaiting { clibcurl_loop_wake(loop) }
        }

        private func run() {
            clibcurl_prepare_thread()
            var transfers = LibcurlTransfers(loop: loop)
            while true {
                clibcurl_loop_step(loop, mayWait())
                // From here on, what the consumers order in return needs no wake.
                state.withLock { $0.isWaiting = false }
                transfers.deliver()
                carryOutOrders(&transfers)
            }
        }

        /// Whether there is nothing else to do; the next order will then wake this thread.
        private func mayWait() -> Bool {
            state.withLock { state in
                state.isWaiting = state.orders.isEmpty
                return state.isWaiting
            }
        }

        private func carryOutOrders(_ transfers: inout LibcurlTransfers) {
            let orders = state.withLock { state in
                defer { state.orders = [] }
                return state.orders
            }
            for order in orders {
                switch order {
                case .run(let job): job.runSynchronously(on: asUnownedTaskExecutor())
                case .open(let id, let request, let channel):
                    transfers.open(id, request, channel)
                case .pauseOrResume(let id): transfers.pauseOrResume(id)
                case .close(let id): transfers.close(id)
                }
            }
        }
    }

    /// Jobs of tasks are orders as well, carried out between two looks at the network.
    extension LibcurlThread: TaskExecutor {
        func enqueue(_ job: consuming ExecutorJob) { order(.run(UnownedJob(job))) }
    }
#endif
