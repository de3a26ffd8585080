import Testing

@testable import ServerSentEvents

@Suite struct ReconnectionPolicyTests {
    @Test func defaultDelaysDoubleUpToAMinute() {
        let delays = (0..<7).map { ReconnectionPolicy.default.plainDelay(growth: $0) }
        #expect(delays == [3, 6, 12, 24, 48, 60, 60].map { .seconds($0) })
    }

    @Test func standardDelayIsConstant() {
        #expect(ReconnectionPolicy.standard.plainDelay(growth: 0) == .seconds(3))
        #expect(ReconnectionPolicy.standard.plainDelay(growth: 50) == .seconds(3))
        #expect(ReconnectionPolicy.standard.retryableStatuses.isEmpty)
        #expect(ReconnectionPolicy.standard.maximumAttemptsBeforeOpen == nil)
    }

    @Test func serversRetryReplacesTheBase() {
        let delay = ReconnectionPolicy.default.delay(
            growth: 1, reconnectionTime: .milliseconds(500), retryAfter: nil)
        #expect(delay == .seconds(1))
    }

    @Test func noRetryIsUndercutByARounding() {
        for milliseconds in 100...3000 {
            let retry = Duration.milliseconds(milliseconds)
            let delay = ReconnectionPolicy.default.delay(
                growth: 0, reconnectionTime: retry, retryAfter: nil)
            #expect(delay == retry)
        }
    }

    @Test func aSmallMultiplierComesToTheMaximumAsWell() {
        var policy = ReconnectionPolicy.default
        policy.multiplier = 1.01
        #expect(policy.plainDelay(growth: 300) < .seconds(60))
        #expect(policy.plainDelay(growth: 302) == .seconds(60))
    }

    @Test func retryOfZeroIsRaisedToTheFloor() {
        for policy in [ReconnectionPolicy.default, .standard] {
            let delay = policy.delay(growth: 0, reconnectionTime: .zero, retryAfter: nil)
            #expect(delay == .milliseconds(100))
        }
    }

    @Test(arguments: [Duration.seconds(61), .seconds(Int64.max), .milliseconds(Int64.max)])
    func hostileRetryIsCapped(retry: Duration) {
        let delay = ReconnectionPolicy.default.delay(
            growth: 0, reconnectionTime: retry, retryAfter: nil)
        #expect(delay == .seconds(60))
    }

    @Test func retryAfterReplacesTheDelay() {
        let policy = ReconnectionPolicy.default
        #expect(
            policy.delay(growth: 5, reconnectionTime: nil, retryAfter: .seconds(7)) == .seconds(7))
        #expect(
            policy.delay(growth: 0, reconnectionTime: nil, retryAfter: .seconds(90_000))
                == .seconds(3600))
    }

    /// As with `retry: 0`: it must not become a loop without end.
    @Test(arguments: [(0, 0.1), (1, 0.2), (5, 3.2), (50, 60)])
    func aRetryAfterOfNothingGrows(growth: Int, seconds: Double) {
        let policy = ReconnectionPolicy.default
        for asked in [Duration.zero, .milliseconds(100)] {
            #expect(
                policy.delay(growth: growth, reconnectionTime: nil, retryAfter: asked)
                    == .seconds(seconds))
        }
        #expect(
            policy.delay(growth: growth, reconnectionTime: .seconds(1), retryAfter: .zero)
                == max(.seconds(1), .seconds(seconds)))
    }

    @Test func retryAfterDoesNotUndercutRetry() {
        let delay = ReconnectionPolicy.default.delay(
            growth: 0, reconnectionTime: .seconds(20), retryAfter: .seconds(1))
        #expect(delay == .seconds(20))
    }

    @Test func retryAfterDoesNotUndercutTheFloor() {
        var policy = ReconnectionPolicy.default
        policy.maximumRetryAfter = .zero
        let delay = policy.delay(growth: 0, reconnectionTime: nil, retryAfter: .seconds(9))
        #expect(delay == .milliseconds(100))
    }

    @Test func standardIgnoresRetryAfter() {
        let delay = ReconnectionPolicy.standard.delay(
            growth: 0, reconnectionTime: nil, retryAfter: .seconds(50))
        #expect(delay == .seconds(3))
    }

    @Test func jitterOnlyLengthens() {
        var generator: any RandomNumberGenerator & Sendable = SeededGenerator(seed: 1)
        let delays = (0..<1000).map { _ in
            ReconnectionPolicy.default.jittered(.seconds(10), using: &generator)
        }
        #expect(delays.allSatisfy { (.seconds(10)...(.seconds(15))).contains($0) })
        #expect(delays.contains { $0 < .milliseconds(10_100) })
        #expect(delays.contains { $0 > .milliseconds(14_900) })
    }

    @Test func jitterFollowsFromTheSeed() {
        func delays() -> [Duration] {
            var generator: any RandomNumberGenerator & Sendable = SeededGenerator(seed: 7)
            return (0..<10).map { _ in
                ReconnectionPolicy.default.jittered(.seconds(1), using: &generator)
            }
        }
        #expect(delays() == delays())
    }

    /// It says the same number again and again: as a stub of a test, 0.
    private struct Constant: RandomNumberGenerator, Sendable {
        let number: UInt64
        let draws = DropCount()

        func next() -> UInt64 {
            draws.increment()
            // Whoever draws on must come to an end here.
            return draws.current < 100 ? number : .max
        }
    }

    @Test(arguments: [(0, 10), (.max, 15)] as [(UInt64, Int)])
    func jitterTakesWhateverNumberIsDrawn(number: UInt64, seconds: Int) {
        let constant = Constant(number: number)
        var generator: any RandomNumberGenerator & Sendable = constant
        let delay = ReconnectionPolicy.default.jittered(.seconds(10), using: &generator)
        #expect(delay == .seconds(seconds))
        #expect(constant.draws.current == 1)
    }

    @Test func noSettingOverflows() {
        var policy = ReconnectionPolicy.default
        policy.baseDelay = .longest
        policy.maximumDelay = .longest
        policy.maximumRetryAfter = .longest
        policy.multiplier = .greatestFiniteMagnitude
        policy.jitter = .greatestFiniteMagnitude
        var generator: any RandomNumberGenerator & Sendable = SeededGenerator(seed: 1)
        for growth in [0, 1, 64, .max] {
            for retry in [nil, Duration.zero, .seconds(Int64.max)] {
                let delay = policy.delay(
                    growth: growth, reconnectionTime: retry, retryAfter: retry)
                let longest = Duration.longestSleep
                #expect(delay <= longest)
                #expect(policy.jittered(delay, using: &generator) <= longest)
            }
        }
        policy.minimumDelay = .zero
        policy.baseDelay = .zero
        #expect(policy.plainDelay(growth: .max) == .zero)
    }
}

extension ReconnectionPolicy {
    fileprivate func plainDelay(growth: Int) -> Duration {
        delay(growth: growth, reconnectionTime: nil, retryAfter: nil)
    }
}
