extension Hub {
    /// The state of a source, and what waits for each of its listeners.
    struct StateMachine: ~Copyable {
        private(set) var readyState = EventSource.ReadyState.connecting
        private(set) var error: EventStreamError?
        /// Whether nobody wants to hear of the error any more.
        private var wasClosed = false
        private(set) var lastEventID: String

        private var mailboxes: [Int: Mailbox] = [:]
        private var nextID = 0
        /// What happened before anybody asked, for all who join before that; `nil` from then on.
        private var lobby: Mailbox? = Mailbox(.everything, .dropOldest(), DropCount())
        /// The source, while it waits for a listener.
        private(set) var source: Waiter?

        init(lastEventID: String) {
            self.lastEventID = lastEventID
        }

        var listenerCount: Int { mailboxes.count }

        /// Whether a listener is behind that the source waits for.
        var slowsSource: Bool {
            readyState != .closed && mailboxes.values.contains { $0.slowsSource }
        }

        // MARK: From the source

        mutating func received(_ update: EventStream.Update) -> Action {
            var action = Action()
            // What was under way while the source was closed.
            guard readyState != .closed else { return action }
            switch update {
            case .open(let head):
                change(to: .open, &action)
                tell(.opened(head), &action)
            case .event(let event):
                lastEventID = event.lastEventID
                tell(.event(event), &action)
            case .disconnected(let disconnect):
                change(to: .connecting, &action)
                tell(.failed(disconnect.reason), &action)
            case .connecting, .comment, .diagnostic:
                break
            }
            return action
        }

        /// The source has to wait, unless the listener in question has gone on meanwhile.
        mutating func sourceWaits(_ waiter: Waiter) -> Action {
            var action = Action()
            source = waiter
            letSourceGoOn(&action)
            return action
        }

        /// The stream is over; what is kept is still delivered.
        mutating func ended(_ error: EventStreamError?) -> Action {
            var action = Action()
            guard readyState != .closed else { return action }
            self.error = error
            change(to: .closed, &action)
            if let error { tell(.failed(error), &action) }
            wakeAll(&action)
            return action
        }

        /// Nobody wants any more of it.
        mutating func closed() -> Action {
            var action = Action()
            wasClosed = true
            lobby?.removeAll(&action)
            lobby = nil
            for index in mailboxes.values.indices
            where mailboxes.values[index].interest != .readyStates {
                mailboxes.values[index].removeAll(&action)
            }
            change(to: .closed, &action)
            wakeAll(&action)
            letSourceGoOn(&action)
            return action
        }

        // MARK: From the listeners

        mutating func joined(
            _ interest: Interest, _ buffering: EventSource.Buffering, _ drops: DropCount
        ) -> (id: Int, action: Action) {
            var action = Action()
            var mailbox = Mailbox(interest, buffering, drops)
            mailbox.add(.changed(readyState), &action)
            if let lobby {
                for happening in lobby.happenings { mailbox.add(happening, &action) }
            } else if let error {
                mailbox.add(.failed(error), &action)
            }
            defer { nextID += 1 }
            mailboxes[nextID] = mailbox
            return (nextID, action)
        }

        mutating func left(_ id: Int) -> Action {
            var action = Action()
            guard var mailbox = mailboxes.removeValue(forKey: id) else { return action }
            mailbox.removeAll(&action)
            mailbox.wake(&action)
            letSourceGoOn(&action)
            return action
        }

        enum Answer {
            /// Something was kept.
            case deliver(Happening)
            /// Nothing is kept, but something may come.
            case wait
            /// The listener has left, or nothing will come.
            case end(EventStreamError?)
        }

        mutating func asked(by id: Int) -> (Answer, Action) {
            var action = Action()
            lobby?.removeAll(&action)
            lobby = nil
            let slowedSource = mailboxes[id]?.slowsSource == true
            if let happening = mailboxes[id]?.take() {
                if slowedSource { letSourceGoOn(&action) }
                return (.deliver(happening), action)
            }
            guard let interest = mailboxes[id]?.interest else { return (.end(nil), action) }
            guard readyState == .closed else { return (.wait, action) }
            mailboxes[id] = nil
            if case .events = interest, !wasClosed { return (.end(error), action) }
            return (.end(nil), action)
        }

        /// The listener found nothing and waits, unless something has changed since.
        mutating func waits(_ waiter: Waiter, for id: Int) -> Action {
            guard readyState != .closed, mailboxes[id]?.isEmpty == true else {
                return Action(resume: [waiter])
            }
            mailboxes[id]?.waits(waiter)
            return Action()
        }

        // MARK: Telling

        private mutating func change(
            to readyState: EventSource.ReadyState, _ action: inout Action
        ) {
            guard readyState != self.readyState else { return }
            self.readyState = readyState
            tell(.changed(readyState), &action)
        }

        private mutating func tell(_ happening: Happening, _ action: inout Action) {
            lobby?.add(happening, &action)
            for index in mailboxes.values.indices {
                mailboxes.values[index].add(happening, &action)
            }
        }

        private mutating func wakeAll(_ action: inout Action) {
            for index in mailboxes.values.indices {
                mailboxes.values[index].wake(&action)
            }
        }

        private mutating func letSourceGoOn(_ action: inout Action) {
            guard source != nil, !slowsSource, let waiter = source.take() else { return }
            action.resume.append(waiter)
        }
    }
}
