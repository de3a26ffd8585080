import Locking

/// The sleeps and alarms of many streams on one clock, for the price of one sleep.
///
/// A sleep of Swift's that is cancelled leaves its timer and a task, some 1.4 KB, until its deadline.
/// The alarms of each connection are minutes away and are cancelled, so that streams which reconnect
/// often would grow the memory. Of what is cancelled here nothing stays.
final class SharedTimer<C: Clock<Duration>>: Sendable {
    private enum Sleeper {
        case task(CheckedContinuation<Bool, Never>)
        case alarm(@Sendable () -> Void)
    }

    private struct State {
        var sleepers = DeadlineQueue<Sleeper>()
        /// Whose task was cancelled before they slept.
        var neverSlept: Set<Int> = []
        /// When somebody will look who is due: in time for the first of the sleepers.
        var looks: [Duration] = []

        /// When somebody else has to look; `nil` if those who will are in time.
        mutating func newLook() -> Duration? {
            guard let deadline = sleepers.firstDeadline(),
                !looks.contains(where: { $0 <= deadline })
            else { return nil }
            looks.append(deadline)
            return deadline
        }
    }

    private let clock: C
    private let start: C.Instant
    private let state = Protected(State())

    init(_ clock: C) {
        self.clock = clock
        start = clock.now
    }

    private var now: Duration { start.duration(to: clock.now) }

    /// How many sleep, alarms included.
    var count: Int { state.withLock { $0.sleepers.count } }

    /// Sleeps; returns false, at once, if the task is cancelled.
    func sleep(for duration: Duration) async -> Bool {
        guard duration > .zero, !Task.isCancelled else { return !Task.isCancelled }
        let deadline = now + duration
        let id = state.withLock { $0.sleepers.newID() }
        defer { state.withLock { _ = $0.neverSlept.remove(id) } }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { fallAsleep($0, id: id, until: deadline) }
        } onCancel: {
            wake(id)
        }
    }

    /// Does something once the time has passed, without a task that sleeps until then.
    ///
    /// - Returns: What ``cancel(_:)`` takes.
    func schedule(after duration: Duration, _ action: @escaping @Sendable () -> Void) -> Int {
        let deadline = now + duration
        let (id, look) = state.withLock { state in
            let id = state.sleepers.newID()
            state.sleepers.insert(.alarm(action), id: id, until: deadline)
            return (id, state.newLook())
        }
        if let look { startLooking(at: look) }
        return id
    }

    /// Leaves undone what was scheduled, unless its time has come already.
    func cancel(_ id: Int) {
        // Returned, so that what the action holds is released after unlocking.
        _ = state.withLock { $0.sleepers.remove(id) }
    }

    private func fallAsleep(
        _ sleeper: CheckedContinuation<Bool, Never>, id: Int, until deadline: Duration
    ) {
        let (isAsleep, look) = state.withLock { state -> (Bool, Duration?) in
            guard !state.neverSlept.contains(id) else { return (false, nil) }
            state.sleepers.insert(.task(sleeper), id: id, until: deadline)
            return (true, state.newLook())
        }
        if !isAsleep { sleeper.resume(returning: false) }
        if let look { startLooking(at: look) }
    }

    private func wake(_ id: Int) {
        let sleeper = state.withLock { state in
            let sleeper = state.sleepers.remove(id)
            if sleeper == nil { state.neverSlept.insert(id) }
            return sleeper
        }
        if case .task(let task) = sleeper { task.resume(returning: false) }
    }

    private func startLooking(at first: Duration) {
        Task {
            var look: Duration? = first
            while let deadline = look {
                // Nobody cancels this task.
                try? await clock.sleep(until: start.advanced(by: deadline), tolerance: nil)
                look = self.look(insteadOf: deadline)
            }
        }
    }

    /// Wakes all who are due, does what is due, and says when to look next; `nil` if that is
    /// somebody else's.
    private func look(insteadOf deadline: Duration) -> Duration? {
        let now = now
        let (due, next) = state.withLock { state in
            if let index = state.looks.firstIndex(of: deadline) { state.looks.remove(at: index) }
            return (state.sleepers.removeDue(at: now), state.newLook())
        }
        for sleeper in due {
            switch sleeper {
            case .task(let task): task.resume(returning: true)
            case .alarm(let action): action()
            }
        }
        return next
    }
}
