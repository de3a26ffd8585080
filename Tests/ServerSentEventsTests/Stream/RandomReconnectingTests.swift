import Locking
import MockServer
import Testing

@testable import ServerSentEvents

/// Whole streams under random policies and random failures, on a clock that stands still between
/// two connections: when each of them is made.
@Suite(.timeLimit(.minutes(1))) struct RandomReconnectingTests {
    /// One connection: how it ends, and when the stream may connect again.
    private struct Round {
        let disconnection: Disconnection
        let retryAfter: Duration?

        var timeOpen: Duration? { disconnection.openedAt.map { disconnection.endedAt - $0 } }

        /// What the server does before it waits, where it waits.
        func answer(_ number: Int) -> ScriptedTransport.Answer {
            let text = disconnection.reconnectionTime.map {
                "retry: \(Int($0 / .milliseconds(1)))\n"
            }
            let event = disconnection.deliveredEvent ? "id: \(number)\ndata: \(number)\n\n" : ": \n"
            switch disconnection.cause {
            case .failed(let error) where error.code == .refused:
                let response = error.response
                return { $0.status(response?.status ?? 0, response?.headers ?? [:]) }
            case .failed(let error) where error.code == .wrongContentType:
                return { $0.status(200, ["Content-Type": "text/html"]) }
            default:
                guard timeOpen != nil else { return { $0.finish(failing: CancellationError()) } }
                return { $0.open([(text ?? "") + event]) }
            }
        }

        func end(_ channel: ResponseChannel?) {
            if case .ended = disconnection.cause {
                channel?.finish()
            } else {
                channel?.finish(failing: CancellationError())
            }
        }
    }

    @Test func everyConnectionComesInItsTime() async throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var policy = ReconnectionPolicy.random(using: &generator)
            policy.isEnabled = true
            let rounds = (1...8).map { _ in round(policy, &generator) }
            do {
                try await follow(rounds, policy, seed: seed)
            } catch {
                Issue.record("seed \(seed): \(error)\n\(policy)\n\(rounds)")
                return
            }
        }
    }

    private func round(_ policy: ReconnectionPolicy, _ generator: inout SeededGenerator) -> Round {
        var (disconnection, retryAfter) = Disconnection.random(
            policy: policy, at: .zero,
            reconnectionTime: Disconnection.randomReconnectionTime(using: &generator),
            using: &generator)
        switch disconnection.cause {
        case .overflowed: disconnection.cause = .ended
        case .failed(let error) where error.code == .timedOut:
            disconnection.cause = .failed(EventStreamError(.connectionFailed, "lost"))
        default: break
        }
        // Only an open stream can say it.
        if disconnection.openedAt == nil { disconnection.reconnectionTime = nil }
        return Round(disconnection: disconnection, retryAfter: retryAfter)
    }

    private func follow(
        _ rounds: [Round], _ policy: ReconnectionPolicy, seed: UInt64
    ) async throws {
        let clock = ManualClock()
        let channel = Protected<ResponseChannel?>(nil)
        let answers = zip(1..., rounds).map { number, round -> ScriptedTransport.Answer in
            { answered in
                channel.withLock { $0 = answered }
                round.answer(number)(answered)
            }
        }
        let transport = ScriptedTransport(answers)
        var configuration = EventStream.Configuration.test(transport, clock: clock)
        configuration.reconnection = policy
        configuration.generator = SeededGenerator(seed: seed)
        var updates = EventStream(url: try .test(), configuration: configuration).updates
            .makeAsyncIterator()

        var model = ReconnectionModel(policy)
        var retry: Duration?
        var delay = Duration.zero
        var bounds = Duration.zero...(.zero)
        for (index, round) in rounds.enumerated() {
            let (endedAt, wait) = (clock.now, delay)
            async let time: Void = pass(wait, on: clock)
            let connecting = try await updates.next()?.line
            try await time
            try #require(connecting == "connecting \(model.failures + 1)")
            try #require(endedAt.duration(to: clock.now) == wait, "as long as it said")
            try #require(bounds.contains(wait))
            if let timeOpen = round.timeOpen {
                let open = try await updates.next()?.line
                try #require(open == "open 200")
                let line = round.disconnection.deliveredEvent ? "event \(index + 1)" : "comment "
                let read = try await updates.next()?.line
                try #require(read == line)
                clock.advance(by: timeOpen)
                round.end(channel.withLock { $0 })
            }
            var disconnection = round.disconnection
            retry = disconnection.reconnectionTime ?? retry
            disconnection.reconnectionTime = retry
            let promise = model.promise(after: disconnection, retryAfter: round.retryAfter)
            let update: EventStream.Update?
            do throws(EventStreamError) {
                update = try await updates.next()
            } catch {
                guard case .failure(error.code, error.attempts) = promise else { throw error }
                return
            }
            if update == nil, case .end = promise { return }
            guard case .disconnected(let disconnect) = update,
                case .reconnection(let promised) = promise
            else {
                throw Broken(text: "\(update?.line ?? "the end") after \(promise)")
            }
            (delay, bounds) = (disconnect.retryAfter, promised)
        }
    }

    private struct Broken: Error {
        let text: String
    }

    /// Lets time pass up to the end of the one sleep there is.
    private func pass(_ delay: Duration, on clock: ManualClock) async throws {
        guard delay > .zero else { return }
        try await clock.sleepers(1, within: .seconds(30))
        clock.advanceToNextSleeper()
    }
}
