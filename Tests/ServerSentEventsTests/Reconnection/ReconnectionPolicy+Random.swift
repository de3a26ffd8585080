@testable import ServerSentEvents

extension ReconnectionPolicy {
    /// A policy whose every setting is allowed, however odd.
    static func random(using generator: inout SeededGenerator) -> ReconnectionPolicy {
        var policy = ReconnectionPolicy.default
        policy.isEnabled = Int.random(in: 0..<20, using: &generator) > 0
        policy.baseDelay = .random(using: &generator)
        let delays = [Duration.random(using: &generator), .random(using: &generator)].sorted()
        (policy.minimumDelay, policy.maximumDelay) = (delays[0], delays[1])
        policy.multiplier = oneOf(
            [1, 2, 1.01, .random(in: 1...4, using: &generator), 1e300, .greatestFiniteMagnitude],
            using: &generator)
        policy.jitter = oneOf(
            [0, 0.5, .random(in: 0...2, using: &generator), 1e300, .greatestFiniteMagnitude],
            using: &generator)
        policy.maximumAttempts = limit(using: &generator)
        policy.maximumAttemptsBeforeOpen = limit(using: &generator)
        policy.healthyAfter = .random(using: &generator)
        policy.retryableStatuses = Set([404, 429, 500, 503].shuffled(using: &generator).prefix(3))
        policy.retriesOnlyRefusals = Int.random(in: 0..<5, using: &generator) == 0
        policy.maximumRetryAfter = oneOf([nil, .random(using: &generator)], using: &generator)
        return policy
    }

    /// A policy with one setting that is not allowed.
    static func randomInvalid(using generator: inout SeededGenerator) -> ReconnectionPolicy {
        var policy = random(using: &generator)
        let negative = Duration.zero - max(.random(using: &generator), .attosecond)
        let delays = [
            \ReconnectionPolicy.baseDelay, \.maximumDelay, \.minimumDelay, \.healthyAfter,
        ]
        let bound = Double.random(in: 0..<1, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: policy[keyPath: oneOf(delays, using: &generator)] = negative
        case 1: policy.maximumRetryAfter = negative
        case 2:
            policy.maximumDelay = min(policy.maximumDelay, .longest - .attosecond)
            policy.minimumDelay = policy.maximumDelay + .attosecond
        case 3:
            let values = [bound, -bound, .nan, .infinity, -.infinity, -.greatestFiniteMagnitude]
            policy.multiplier = oneOf(values, using: &generator)
        case 4:
            let values = [-.leastNonzeroMagnitude, -bound - 0.1, .nan, .infinity, -.infinity]
            policy.jitter = oneOf(values, using: &generator)
        default:
            let limits = [\ReconnectionPolicy.maximumAttempts, \.maximumAttemptsBeforeOpen]
            policy[keyPath: oneOf(limits, using: &generator)] = oneOf(
                [0, -1, .min], using: &generator)
        }
        return policy
    }

    private static func limit(using generator: inout SeededGenerator) -> Int? {
        oneOf([nil, 1, .random(in: 1...12, using: &generator), .max], using: &generator)
    }
}

extension Duration {
    /// A duration of any size, zero and what only a `Duration` can hold among them.
    static func random(using generator: inout SeededGenerator) -> Duration {
        oneOf(
            [
                .zero, .attosecond,
                .milliseconds(Int.random(in: 1...1000, using: &generator)),
                .seconds(Double.random(in: 0...100, using: &generator)),
                .seconds(Int.random(in: 1...100_000, using: &generator)),
                .seconds(Int64.max), .seconds(1e20), .longest,
            ], using: &generator)
    }

    /// The shortest there is.
    static let attosecond = Duration(secondsComponent: 0, attosecondsComponent: 1)

    /// The longest there is: 2¹²⁷ - 1 attoseconds.
    static let longest =
        Duration.seconds(Int64.max) * 18
        + Duration(
            secondsComponent: 4_120_486_797_083_267_205,
            attosecondsComponent: 687_303_715_884_105_727)
}

/// One of some values.
func oneOf<Value>(_ values: [Value], using generator: inout SeededGenerator) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
}
