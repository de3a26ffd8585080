import MockServer
import Testing

@testable import ServerSentEvents

@Suite struct ReconnectorTests {
    private let clock = ManualClock()

    private func reconnector(_ policy: ReconnectionPolicy) -> Reconnector {
        Reconnector(
            policy: policy, time: TimeSource(clock), generator: SeededGenerator(seed: 1))
    }

    private static let lost = Disconnection.Cause.failed(
        EventStreamError(.connectionFailed, "lost"))

    @Test func aConnectionIsHealthyOnceItStayedOpenForTenSeconds() async {
        let reconnector = reconnector(.default)
        _ = await reconnector.decide(
            after: Disconnection(
                cause: .ended, openedAt: .seconds(1), endedAt: .milliseconds(10_999)))
        #expect(await reconnector.failuresInARow == 1)
        _ = await reconnector.decide(
            after: Disconnection(cause: .ended, openedAt: .seconds(1), endedAt: .seconds(11)))
        #expect(await reconnector.failuresInARow == 0)
    }

    @Test func anEventMakesAConnectionHealthyAtOnce() async {
        let reconnector = reconnector(.default)
        _ = await reconnector.decide(after: Disconnection(cause: Self.lost))
        #expect(await reconnector.failuresInARow == 1)
        _ = await reconnector.decide(
            after: Disconnection(cause: Self.lost, openedAt: .zero, deliveredEvent: true))
        #expect(await reconnector.failuresInARow == 0)
    }

    @Test func aSlowConsumerIsNoFailureOfTheServer() async {
        let reconnector = reconnector(.default)
        var overflow = Disconnection(
            cause: .overflowed, openedAt: .zero, deliveredEvent: true, canResume: true)
        for _ in 1...5 {
            #expect(await reconnector.decide(after: overflow).delay == .milliseconds(100))
        }
        overflow.reconnectionTime = .seconds(10)
        #expect(await reconnector.decide(after: overflow).delay == .seconds(10), "as it asked")
    }

    @Test func anOverflowWithoutAnEventIsAFailure() async {
        var policy = ReconnectionPolicy.default
        policy.maximumAttempts = 3
        policy.jitter = 0
        let reconnector = reconnector(policy)
        let overflow = Disconnection(cause: .overflowed, openedAt: .zero, canResume: true)
        #expect(await reconnector.decide(after: overflow).delay == .seconds(3))
        #expect(await reconnector.decide(after: overflow).delay == .seconds(6))
        #expect(await reconnector.decide(after: overflow).error?.attempts == 3)
    }

    @Test(arguments: [true, false])
    func anOverflowThatCannotResumeFails(isEnabled: Bool) async {
        var policy = ReconnectionPolicy.default
        policy.isEnabled = isEnabled
        let decision = await reconnector(policy).decide(
            after: Disconnection(
                cause: .overflowed, deliveredEvent: true, canResume: !isEnabled))
        #expect(decision.error?.code == .bufferOverflow)
    }

    @Test func waitingTakesTheClocksTime() async throws {
        let reconnector = reconnector(.default)
        async let waited = reconnector.wait(.seconds(60))
        try await clock.sleepers(1, within: .seconds(30))
        clock.advance(by: .seconds(60))
        #expect(await waited)
    }

    @Test func waitingEndsWhenTheTaskIsCancelled() async throws {
        let reconnector = reconnector(.default)
        let task = Task { await reconnector.wait(.seconds(60)) }
        try await clock.sleepers(1, within: .seconds(30))
        task.cancel()
        #expect(await task.value == false)
    }

    /// Random policies and failures: never before the server's word, never above the cap and its
    /// jitter, and the limit holds exactly.
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func everyDelayIsWithinItsBounds(seed: UInt64) async {
        var random = SeededGenerator(seed: seed)
        var policy = ReconnectionPolicy.default
        policy.baseDelay = .milliseconds(Int.random(in: 0...10_000, using: &random))
        policy.minimumDelay = .milliseconds(Int.random(in: 0...500, using: &random))
        policy.maximumDelay = .milliseconds(Int.random(in: 500...60_000, using: &random))
        policy.multiplier = Double.random(in: 1...4, using: &random)
        policy.jitter = Double.random(in: 0...1, using: &random)
        policy.maximumAttemptsBeforeOpen = nil
        policy.maximumAttempts = Int.random(in: 2...30, using: &random)
        let retry =
            Bool.random(using: &random)
            ? Duration.milliseconds(Int.random(in: 0...100_000, using: &random)) : nil
        let reconnector = reconnector(policy)
        for failure in 1...(policy.maximumAttempts ?? 1) {
            let decision = await reconnector.decide(
                after: Disconnection(cause: Self.lost, reconnectionTime: retry))
            guard failure < policy.maximumAttempts ?? 1 else {
                #expect(decision.error?.attempts == policy.maximumAttempts)
                return
            }
            guard let delay = decision.delay else {
                Issue.record("gave up after \(failure) failures: \(decision)")
                return
            }
            let word = min(max(retry ?? policy.baseDelay, policy.minimumDelay), policy.maximumDelay)
            let longest = policy.maximumDelay.seconds * (1 + policy.jitter)
            #expect(delay.seconds >= word.seconds - 1e-9)
            #expect(delay.seconds <= longest + 1e-9)
        }
    }
}

extension Reconnector.Decision {
    fileprivate var delay: Duration? {
        if case .reconnect(let delay, _) = self { delay } else { nil }
    }

    fileprivate var error: EventStreamError? {
        if case .fail(let error) = self { error } else { nil }
    }
}
