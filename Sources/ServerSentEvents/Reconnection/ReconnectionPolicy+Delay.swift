extension ReconnectionPolicy {
    /// The delay before a connection, without jitter.
    ///
    /// `growth` counts the delays before this one since the last healthy connection,
    /// `reconnectionTime` is the server's `retry`, `retryAfter` that of the answer just refused.
    func delay(growth: Int, reconnectionTime: Duration?, retryAfter: Duration?) -> Duration {
        let base = clamped(reconnectionTime ?? baseDelay)
        if let retryAfter, let maximumRetryAfter {
            let honoured = max(
                min(retryAfter, maximumRetryAfter, TimeSource.longestSleep), minimumDelay)
            guard let reconnectionTime else { return honoured }
            return max(honoured, clamped(reconnectionTime))
        }
        // Bounded, as an infinite power times a delay of 0 would be no number at all.
        let factor = (0..<min(growth, 64)).reduce(1.0) { power, _ in min(power * multiplier, 1e18) }
        return clamped(.seconds(min(base.seconds * factor, maximumDelay.seconds)))
    }

    /// A delay lengthened by chance.
    func jittered(
        _ delay: Duration, using generator: inout any RandomNumberGenerator & Sendable
    ) -> Duration {
        guard jitter > 0 else { return delay }
        let share = Double.random(in: 0...1, using: &generator) * jitter
        return delay + .seconds(min(delay.seconds * share, TimeSource.longestSleep.seconds))
    }

    private func clamped(_ delay: Duration) -> Duration {
        min(max(min(delay, maximumDelay), minimumDelay), TimeSource.longestSleep)
    }
}
