/// Measures time on a clock of any kind.
struct Stopwatch: Sendable {
    private let reading: @Sendable () -> Duration

    /// Starts a stopwatch.
    ///
    /// - Parameter clock: The clock it runs on.
    init(on clock: any Clock<Duration>) {
        reading = Self.reading(of: clock)
    }

    /// The time since the start.
    var elapsed: Duration { reading() }

    private static func reading<C: Clock<Duration>>(
        of clock: C
    ) -> @Sendable () -> Duration where C: Sendable {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
