/// The injected clock, with its instants erased to the time since the stream was created.
struct TimeSource: Sendable {
    private static let sharedTimer = SharedTimer(ContinuousClock())

    /// The time since this source was created.
    let now: @Sendable () -> Duration

    private let sleepFor: @Sendable (Duration) async -> Bool
    private let schedule: @Sendable (Duration, @escaping @Sendable () -> Void) -> Alarm

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
        schedule = { .shared(Self.sharedTimer, id: Self.sharedTimer.schedule(after: $0, $1)) }
    }

    private init<C: Clock<Duration>>(opening clock: C) {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        let sleepFor = { @Sendable (duration: Duration) in
            do {
                try await clock.sleep(for: duration)
                return !Task.isCancelled
            } catch {
                return false
            }
        }
        self.sleepFor = sleepFor
        schedule = { duration, action in
            .task(Task { if await sleepFor(duration) { action() } })
        }
    }

    /// Sleeps, and returns false if the task was cancelled meanwhile.
    func sleep(for duration: Duration) async -> Bool {
        await sleepFor(duration.boundedSleep)
    }

    /// Does something once the time has passed.
    func alarm(
        after duration: Duration, _ action: @escaping @Sendable () -> Void
    ) -> Alarm {
        schedule(duration.boundedSleep, action)
    }
}
