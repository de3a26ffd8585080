extension ReconnectionPolicy {
    /// The delay before a connection, without jitter.
    ///
    /// `growth` counts the delays before this one since the last healthy connection,
    /// `reconnectionTime` is the server's `retry`, `retryAfter` that of the answer just refused.
    package func delay(
        growth: Int, reconnectionTime: Duration?, retryAfter: Duration?
    ) -> Duration {
        guard let retryAfter, let maximumRetryAfter else {
            return grown(clamped(reconnectionTime ?? baseDelay), growth)
        }
        let asked = min(retryAfter, maximumRetryAfter, Duration.longestSleep)
        // A server that asks for no delay must not be asked ten times a second for ever.
        let honoured = asked > minimumDelay ? asked : grown(clamped(minimumDelay), growth)
        guard let reconnectionTime else { return honoured }
        return max(honoured, clamped(reconnectionTime))
    }

    private func grown(_ base: Duration, _ growth: Int) -> Duration {
        // By way of a `Double` half of all delays come out shorter, if only by attoseconds.
        let factor = factor(growth)
        guard factor > 1, base > .zero else { return base }
        let longest = min(maximumDelay, Duration.longestSleep).seconds
        return clamped(max(base, .seconds(min(base.seconds * factor, longest))))
    }

    /// A delay lengthened by chance.
    package func jittered(
        _ delay: Duration, using generator: inout any RandomNumberGenerator & Sendable
    ) -> Duration {
        guard jitter > 0 else { return delay }
        // One number is drawn: `Double.random` draws on until it likes one, for ever from a generator
        // that always says 0, which is what tests take for no chance at all.
        let chance = Double(generator.next() >> 11) / (0x1p53 - 1)
        let share = chance * jitter
        let longest = Duration.longestSleep
        return min(delay + .seconds(min(delay.seconds * share, longest.seconds)), longest)
    }

    /// The multiplier to the power of the growth, infinite if need be.
    private func factor(_ growth: Int) -> Double {
        var (factor, power, exponent) = (1.0, multiplier, growth)
        while exponent > 0 {
            if !exponent.isMultiple(of: 2) { factor *= power }
            power *= power
            exponent /= 2
        }
        return factor
    }

    private func clamped(_ delay: Duration) -> Duration {
        min(max(min(delay, maximumDelay), minimumDelay), Duration.longestSleep)
    }
}
