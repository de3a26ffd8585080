/// A clock on which time passes faster or slower than it does, to play a script at another speed.
struct SpeedClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        func duration(to other: Instant) -> Duration { other.offset - offset }

        static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    private let speed: Double
    private let start = ContinuousClock.now

    /// Makes a clock.
    ///
    /// - Parameter speed: How many times as fast; 0 lets nobody sleep.
    init(speed: Double) {
        self.speed = speed
    }

    var now: Instant {
        // Where nobody sleeps, the journal's times are still real ones.
        Instant(offset: start.duration(to: .now) * (speed > 0 ? speed : 1))
    }

    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        guard speed > 0 else {
            try Task.checkCancellation()
            return await Task.yield()
        }
        let rest = now.duration(to: deadline) / speed
        try await ContinuousClock().sleep(until: .now + rest, tolerance: tolerance)
    }
}
