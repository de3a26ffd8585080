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
            self.init(continuous: clock)
        } else {
            self.init(opening: clock)
        }
    }

    /// Not generic, so that reading the time is a system call and a subtraction.
    private init(continuous clock: ContinuousClock) {
        let start = clock.now
        now = { clock.now - start }
        sleepFor = { await Self.sharedTimer.sleep(for: $0) }
    }

    private init<C: Clock<Duration>>(opening clock: C) {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleepFor = { duration in
            do {
                try await clock.sleep(for: duration)
                return !Task.isCancelled
            } catch {
                return false
            }
        }
    }

    /// Sleeps, and returns false if the task was cancelled meanwhile.
    func sleep(for duration: Duration) async -> Bool {
        await sleepFor(min(max(duration, .zero), Self.longestSleep))
    }
}
