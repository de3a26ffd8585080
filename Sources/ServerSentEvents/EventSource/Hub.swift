import Locking

/// Between the one connection of a source and its listeners: one lock, which is held for one short
/// pass over the listeners for each event.
///
/// The source and its listeners share it; the task that drives the connection knows nothing else.
final class Hub: Sendable {
    /// Whoever waits is only woken, and takes what there is under the lock: the thread sanitizer does
    /// not see what a continuation hands over that is resumed before its task waits (Swift 6.3.1,
    /// Linux).
    typealias Waiter = CheckedContinuation<Void, Never>

    /// What to do once the lock is released.
    struct Action {
        var resume: [Waiter] = []
        /// What is not kept any more.
        ///
        /// It is freed here, as the deinitializer of an error that a transport made may do anything.
        var garbage: [Happening] = []
    }

    let state: Protected<StateMachine>

    init(lastEventID: String) {
        state = Protected(StateMachine(lastEventID: lastEventID))
    }

    var readyState: EventSource.ReadyState { state.withLock { $0.readyState } }

    var lastEventID: String { state.withLock { $0.lastEventID } }

    var error: EventStreamError? { state.withLock { $0.error } }

    // MARK: The source's side

    /// Keeps the connection of a source until it is closed or over.
    func run(_ stream: EventStream) async {
        var updates = stream.updates.makeAsyncIterator()
        do throws(EventStreamError) {
            while let update = try await updates.next() { await deliver(update) }
            perform(state.withLock { $0.ended(nil) })
        } catch {
            perform(state.withLock { $0.ended(error) })
        }
    }

    /// Tells the listeners, and waits for those that the source is to wait for.
    private func deliver(_ update: EventStream.Update) async {
        let (action, waits) = state.withLock { state in
            let action = state.received(update)
            return (action, state.slowsSource)
        }
        perform(action)
        guard waits else { return }
        // The task is cancelled only after `close()` here has resumed it.
        await withCheckedContinuation { waiter in
            perform(state.withLock { $0.sourceWaits(waiter) })
        }
    }

    /// Ends all sequences, and lets the source go on to its end.
    func close() {
        perform(state.withLock { $0.closed() })
    }

    // MARK: The listeners' side

    /// Adds a listener, which gets what comes from now on.
    func join(
        _ interest: Interest, _ buffering: EventSource.Buffering, _ drops: DropCount
    ) -> Int {
        let (id, action) = state.withLock { $0.joined(interest, buffering, drops) }
        perform(action)
        return id
    }

    /// Removes a listener; if it waits, it gets nothing.
    func leave(_ id: Int) {
        perform(state.withLock { $0.left(id) })
    }

    /// What a listener is told next; nothing once the source is over, or the task is cancelled.
    func next(for id: Int) async -> Result<Happening?, EventStreamError> {
        while !Task.isCancelled {
            let (answer, action) = state.withLock { $0.asked(by: id) }
            perform(action)
            switch answer {
            case .deliver(let happening): return .success(happening)
            case .end(let error): return error.map { .failure($0) } ?? .success(nil)
            case .wait: break
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { waiter in
                    perform(state.withLock { $0.waits(waiter, for: id) })
                }
            } onCancel: {
                leave(id)
            }
        }
        leave(id)
        return .success(nil)
    }

    private func perform(_ action: Action) {
        for waiter in action.resume { waiter.resume() }
    }
}
