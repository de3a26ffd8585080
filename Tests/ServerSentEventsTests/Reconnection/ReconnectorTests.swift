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
}

extension Reconnector.Decision {
    fileprivate var delay: Duration? {
        if case .reconnect(let delay, _) = self { delay } else { nil }
    }

    fileprivate var error: EventStreamError? {
        if case .fail(let error) = self { error } else { nil }
    }
}
