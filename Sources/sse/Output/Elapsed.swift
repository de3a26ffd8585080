/// The time since the tool began.
enum Elapsed {
    private static let start = ContinuousClock.now

    static let sinceStart: @Sendable () -> Duration = { start.duration(to: .now) }
}
