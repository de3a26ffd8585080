/// The injected clock, with its instants erased to the time since the stream was created.
struct TimeSource: Sendable {
    /// The longest sleep asked of a clock: beyond it, adding to an instant could overflow.
    static let longestSleep = Duration.seconds(10 * 365 * 86_400)

    private static let sharedTimer = SharedTimer(ContinuousClock())

    /// The time since this source was created.
    let now: @Sendable () -> Duration

    private let sleepFor: @Sendable (Duration) async -> Bool

    init(_ clock: any Clock<Duration>) {
        if let clock = clock as? ContinuousClock {
            self.init(clock) { await Self.sharedTimer.sleep(for: $0) }
        } else {
            self.init(opening: clock)
        }
    }

    private init<C: Clock<Duration>>(opening clock: C) {
        self.init(clock) { duration in
            do {
                try await clock.sleep(for: duration)
                return !Task.isCancelled
            } catch {
                return false
            }
        }
    }

    private init<C: Clock<Duration>>(
        _ clock: C, sleepFor: @escaping @Sendable (Duration) async -> Bool
    ) {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        self.sleepFor = sleepFor
    }

    /// Sleeps, and returns false if the task was cancelled meanwhile.
    func sleep(for duration: Duration) async -> Bool {
        await sleepFor(min(max(duration, .zero), Self.longestSleep))
    }
}
