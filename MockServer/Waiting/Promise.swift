import Locking

/// A value that comes once and can be awaited by any number of tasks, before and after it came.
///
/// All that a test can wait for here comes once: a connection, its end, a mark, a gate. So this is
/// the only place where continuations are kept.
final class Promise<Value: Sendable>: Sendable {
    /// The value itself is read under the lock: the thread sanitizer does not see what a continuation
    /// hands over that is resumed before its task waits (Swift 6.3.1, Linux).
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private enum State {
        case pending([Int: Waiter], nextID: Int)
        case kept(Value)
    }

    private let state = Protected(State.pending([:], nextID: 0))

    /// The value, if it came.
    var current: Value? {
        state.withLock { state in
            switch state {
            case .pending: nil
            case .kept(let value): value
            }
        }
    }

    /// Keeps the promise; the first value stays.
    ///
    /// - Parameter value: The value for all who wait, now or later.
    /// - Returns: Whether this value is the first.
    @discardableResult
    func keep(_ value: Value) -> Bool {
        let waiters: [Int: Waiter]? = state.withLock { state in
            switch state {
            case .pending(let waiters, nextID: _):
                state = .kept(value)
                return waiters
            case .kept:
                return nil
            }
        }
        guard let waiters else { return false }
        for waiter in waiters.values { waiter.resume() }
        return true
    }

    /// Waits for the value.
    ///
    /// - Returns: The value.
    /// - Throws: `CancellationError` if the task is cancelled first.
    func value() async throws -> Value {
        if let value = current { return value }
        let id = state.withLock { state -> Int? in
            switch state {
            case .pending(let waiters, let nextID):
                state = .pending(waiters, nextID: nextID + 1)
                return nextID
            case .kept:
                return nil
            }
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { register($0, as: id) }
        } onCancel: {
            abandon(id)
        }
        guard let value = current else {
            preconditionFailure("a waiter is resumed when the promise is kept")
        }
        return value
    }

    private func register(_ waiter: Waiter, as id: Int?) {
        let answer: Result<Void, any Error>? = state.withLock { state in
            switch state {
            case .kept:
                return .success(())
            case .pending(var waiters, let nextID):
                // Read under the lock: a cancellation from here on finds the waiter below.
                if Task.isCancelled { return .failure(CancellationError()) }
                guard let id else { preconditionFailure("a kept promise stays kept") }
                state = .pending([:], nextID: nextID)
                waiters[id] = waiter
                state = .pending(waiters, nextID: nextID)
                return nil
            }
        }
        if let answer { waiter.resume(with: answer) }
    }

    private func abandon(_ id: Int?) {
        guard let id else { return }
        let waiter: Waiter? = state.withLock { state in
            switch state {
            case .kept:
                return nil
            case .pending(var waiters, let nextID):
                let waiter = waiters.removeValue(forKey: id)
                state = .pending(waiters, nextID: nextID)
                return waiter
            }
        }
        waiter?.resume(throwing: CancellationError())
    }
}

extension Promise where Value == Void {
    /// Keeps a promise that carries no value.
    func keep() {
        keep(())
    }
}
