import MockServer
import Testing

@testable import ServerSentEvents

/// Random policies, random ends of connections, and what must hold for all of them.
@Suite struct ReconnectionPropertyTests {
    @Test func everyDecisionIsWithinWhatThePolicyPromises() async {
        for seed in 1...2000 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let policy = ReconnectionPolicy.random(using: &generator)
            guard await isKept(policy, seed: seed, &generator) else { return }
        }
    }

    /// Follows one stream to its end, or through many connections; false if a promise was broken.
    private func isKept(
        _ policy: ReconnectionPolicy, seed: UInt64, _ generator: inout SeededGenerator
    ) async -> Bool {
        let reconnector = Reconnector(
            policy: policy, time: TimeSource(ManualClock()),
            generator: SeededGenerator(seed: seed))
        var model = ReconnectionModel(policy)
        var now = Duration.zero
        var retry: Duration?
        for connection in 1...(seed.isMultiple(of: 100) ? 400 : 25) {
            if Int.random(in: 0..<4, using: &generator) == 0 {
                retry = Disconnection.randomReconnectionTime(using: &generator)
            }
            let (disconnection, retryAfter) = Disconnection.random(
                policy: policy, at: now, reconnectionTime: retry, using: &generator)
            now = disconnection.endedAt
            let promise = model.promise(after: disconnection, retryAfter: retryAfter)
            let decision = await reconnector.decide(after: disconnection)
            let failures = await reconnector.failuresInARow
            guard decision.keeps(promise), failures == model.failures else {
                Issue.record(
                    """
                    seed \(seed), connection \(connection): \(decision) after \(failures) \
                    failures, but promised was \(promise) after \(model.failures)
                    \(disconnection), Retry-After \(retryAfter.debugDescription)
                    \(policy)
                    """)
                return false
            }
            guard case .reconnect(let delay, _) = decision else { return true }
            now += min(delay, .seconds(1_000_000))
        }
        return true
    }

    /// Nothing is sent, and nothing traps.
    @Test func noPolicyThatMakesNoSenseIsTried() async throws {
        for seed in 1...500 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let policy = ReconnectionPolicy.randomInvalid(using: &generator)
            let transport = ScriptedTransport([])
            var configuration = EventStream.Configuration.test(transport)
            configuration.reconnection = policy
            let stream = EventStream(url: try .test(), configuration: configuration)
            let (error, _) = try await stream.failure()
            try #require(error.code == .invalidRequest, "seed \(seed): \(policy)")
            try #require(transport.requests.isEmpty, "seed \(seed): \(policy)")
        }
    }
}

extension Reconnector.Decision {
    fileprivate func keeps(_ promise: ReconnectionModel.Promise) -> Bool {
        switch (self, promise) {
        case (.finish, .end): true
        case (.fail(let error), .failure(let code, let attempts)):
            error.code == code && error.attempts == attempts
        case (.reconnect(let delay, _), .reconnection(let bounds)): bounds.contains(delay)
        default: false
        }
    }
}
