/// The injected clock, with its instants erased to the time since the stream was created.
struct TimeSource: Sendable {
    /// The longest sleep asked of a clock: beyond it, adding to an instant could overflow.
    static let longestSleep = Duration.seconds(10 * 365 * 86_400)

    /// The time since this source was created.
    let now: @Sendable () -> Duration

    private let sleepFor: @Sendable (Duration) async throws -> Void

    init(_ clock: any Clock<Duration>) {
        self.init(opening: clock)
    }

    private init<C: Clock<Duration>>(opening clock: C) {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleepFor = { try await clock.sleep(for: $0) }
    }

    /// Sleeps, and returns false if the task was cancelled meanwhile.
    func sleep(for duration: Duration) async -> Bool {
        do {
            try await sleepFor(min(max(duration, .zero), Self.longestSleep))
            return !Task.isCancelled
        } catch {
            return false
        }
    }
}
