extension Duration {
    /// The longest sleep asked of a clock, 10 years: beyond it, adding to an instant could overflow.
    package static let longestSleep = Duration.seconds(10 * 365 * 86_400)

    /// What a clock can be asked to sleep for: not less than nothing, not longer than
    /// ``longestSleep``.
    package var boundedSleep: Duration { min(max(self, .zero), .longestSleep) }
}
