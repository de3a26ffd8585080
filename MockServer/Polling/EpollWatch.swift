#if os(Linux)
    import CLinux
    import Locking

    /// One descriptor that the poller watches.
    final class EpollWatch: Watch {
        let descriptor: Int32
        let id: UInt64
        private let poller: EpollPoller
        private let handler: @Sendable (Readiness) -> Void
        /// What is asked for; `nil` once it is cancelled.
        private let interest = Protected<Readiness?>([])

        init(
            _ descriptor: Int32, id: UInt64, poller: EpollPoller,
            handler: @escaping @Sendable (Readiness) -> Void
        ) {
            self.descriptor = descriptor
            self.id = id
            self.poller = poller
            self.handler = handler
        }

        func ask(for new: Readiness) {
            interest.withLock { interest in
                guard let old = interest, old != new else { return }
                interest = new
                change(old, to: new)
            }
        }

        func cancel(_ onCancelled: @escaping @Sendable () -> Void) {
            interest.withLock { interest in
                if let old = interest { change(old, to: []) }
                interest = nil
            }
            poller.forget(self)
            onCancelled()
        }

        /// Without interest it is taken out, as an end or an error is always told.
        private func change(_ old: Readiness, to new: Readiness) {
            var events: UInt32 = 0
            if new.contains(.reading) { events |= EPOLLIN.rawValue }
            if new.contains(.writing) { events |= EPOLLOUT.rawValue }
            guard old != new else { return }
            let operation =
                new.isEmpty ? EPOLL_CTL_DEL : old.isEmpty ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
            poller.control(self, events, operation)
        }

        func handle(_ events: UInt32) {
            guard let interest = interest.withLock({ $0 }) else { return }
            var readiness: Readiness = []
            if events & ~EPOLLOUT.rawValue != 0 { readiness.insert(.reading) }
            if events & ~EPOLLIN.rawValue != 0 { readiness.insert(.writing) }
            readiness.formIntersection(interest)
            if !readiness.isEmpty { handler(readiness) }
        }
    }
#endif
