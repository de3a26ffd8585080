import ServerSentEvents

/// How a bounded wait went.
enum WaitOutcome<Value: Sendable, Interruption: Sendable>: Sendable {
    /// The value came in time.
    case value(Value)
    /// The limit passed first.
    case timedOut
    /// Something else made the wait pointless.
    case interrupted(Interruption)
}

extension Promise {
    /// Waits for the value, but not for ever.
    ///
    /// The limit is real time, whatever clock the script runs on: a test that forgot to advance its
    /// manual clock must fail, not hang.
    ///
    /// - Parameters:
    ///   - limit: The longest time to wait.
    ///   - interruption: A promise that makes this wait pointless once it is kept.
    /// - Returns: How it went.
    /// - Throws: `CancellationError` if the task is cancelled.
    func value<Interruption: Sendable>(
        within limit: Duration, unless interruption: Promise<Interruption>
    ) async throws -> WaitOutcome<Value, Interruption> {
        if let value = current { return .value(value) }
        if let interruption = interruption.current { return .interrupted(interruption) }
        return try await withThrowingTaskGroup(
            of: WaitOutcome<Value, Interruption>.self
        ) { group in
            group.addTask { .value(try await self.value()) }
            group.addTask { .interrupted(try await interruption.value()) }
            group.addTask {
                try await ContinuousClock().sleep(for: limit.boundedSleep)
                return .timedOut
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else {
                preconditionFailure("three tasks were added")
            }
            return first
        }
    }
}
