import Locking
import ServerSentEvents

/// A clock that stands still until the test advances it.
///
/// ```swift
/// let clock = ManualClock()
/// try await MockEventServer.run(clock: clock) { server in
///     server.script("/feed", [.stream([.event("one"), .wait(.seconds(60)), .event("two")])])
///     let feed = Feed(server.url("/feed"))  // the app's code
///     #expect(try await feed.items(1) == ["one"])
///     try await clock.sleepers(1)           // the script has come to .wait
///     clock.advance(by: .seconds(60))       // a minute, in no time
///     #expect(try await feed.items(2) == ["one", "two"])
/// }
/// ```
///
/// It serves the code under test as well, wherever that takes an `any Clock<Duration>`.
public final class ManualClock: Clock, Sendable {
    private struct State {
        var now = Duration.zero
        var wasSleptOn = false
        var sleepers = DeadlineQueue<Promise<Void>>()
        var watchers: [(count: Int, promise: Promise<Void>)] = []
    }

    private let state = Protected(State())

    /// Creates a clock that shows `.zero`.
    public init() {}

    /// The current moment.
    public var now: Instant {
        Instant(offset: state.withLock { $0.now })
    }

    /// The smallest step of the clock: there is none.
    public var minimumResolution: Duration { .zero }

    // MARK: Sleeping

    /// Sleeps until the test has advanced the clock far enough.
    ///
    /// - Parameters:
    ///   - deadline: When to wake.
    ///   - tolerance: Not used.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let promise = Promise<Void>()
        let id = state.withLock { $0.sleepers.newID() }
        try await withTaskCancellationHandler {
            try fallAsleep(promise, as: id, until: deadline.offset)
            try await promise.value()
        } onCancel: {
            // At once: who counts the sleepers must not count a task that is yet to run again.
            state.withLock { _ = $0.sleepers.remove(id) }
        }
    }

    private func fallAsleep(
        _ promise: Promise<Void>, as id: Int, until deadline: Duration
    ) throws {
        let satisfied = try state.withLock { state -> [Promise<Void>]? in
            // Read under the lock: a cancellation from here on finds the sleeper below.
            try Task.checkCancellation()
            state.wasSleptOn = true
            guard deadline > state.now else { return nil }
            state.sleepers.insert(promise, id: id, until: deadline)
            let count = state.sleepers.count
            let satisfied = state.watchers.filter { $0.count <= count }.map(\.promise)
            state.watchers.removeAll { $0.count <= count }
            return satisfied
        }
        guard let satisfied else { return promise.keep() }
        for watcher in satisfied { watcher.keep() }
    }

    // MARK: Advancing

    /// Lets time pass, and wakes all whose time has come, the earliest deadline first.
    ///
    /// It is one jump: who wakes finds the clock at its end, and sleeps on from there. A script with
    /// two waits of 1 s is in the second of them after `advance(by: .seconds(2))`. Where waits follow
    /// each other, wait with ``sleepers(_:within:fileID:line:)`` before each, then call
    /// ``advanceToNextSleeper()``.
    ///
    /// - Parameter duration: How much time; not negative, as a clock does not go backwards.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "a clock does not go backwards")
        advance { $0.now.saturatingSum(duration) }
    }

    /// Lets time pass up to the earliest deadline of a sleeper, and wakes who waits for it.
    ///
    /// - Returns: How much time passed; `nil` if nobody sleeps.
    @discardableResult
    public func advanceToNextSleeper() -> Duration? {
        var passed: Duration?
        advance { state in
            guard let first = state.sleepers.firstDeadline() else { return state.now }
            passed = first.saturatingDifference(state.now)
            return first
        }
        return passed
    }

    private func advance(to target: (inout State) -> Duration) {
        let due = state.withLock { state in
            state.now = target(&state)
            return state.sleepers.removeDue(at: state.now)
        }
        for promise in due { promise.keep() }
    }

    // MARK: Sleepers

    /// The deadlines of all who sleep, the earliest first.
    public var deadlines: [Instant] {
        state.withLock { $0.sleepers.deadlines }.map { Instant(offset: $0) }
    }

    /// Waits until at least so many tasks sleep on this clock.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - limit: How long to wait, in real time.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Throws: ``MockServerError`` that says who sleeps, or `CancellationError`.
    public func sleepers(
        _ count: Int, within limit: Duration = .seconds(5),
        fileID: String = #fileID, line: Int = #line
    ) async throws {
        let promise = Promise<Void>()
        let isSatisfied = state.withLock { state in
            guard state.sleepers.count < count else { return true }
            state.watchers.append((count, promise))
            return false
        }
        guard !isSatisfied else { return }
        defer { state.withLock { $0.watchers.removeAll { $0.promise === promise } } }
        let outcome = try await promise.value(within: limit, unless: Promise<Never>())
        guard case .timedOut = outcome else { return }
        let place = SourcePlace(fileID: fileID, line: line)
        let asleep = deadlines.map(\.description).joined(separator: ", ")
        let seen = asleep.isEmpty ? "nobody sleeps" : "asleep until \(asleep)"
        let sleepers = count == 1 ? "1 sleeper" : "\(count) sleepers"
        // Most often the clock was made and not given to anybody.
        let question =
            state.withLock { $0.wasSleptOn }
            ? "" : " Nobody ever did: is it the configuration's clock?"
        let text = "waited \(limit.text) for \(sleepers); \(seen), now \(now).\(question)"
        throw MockServerError(.timedOut, "ManualClock: \(text)   \(place)", at: place)
    }
}
