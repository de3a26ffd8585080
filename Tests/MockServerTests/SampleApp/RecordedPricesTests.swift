import Foundation
import MockServer
import ServerSentEvents
import Testing

/// How an app is tested with a real stream: see "Recording and replaying" in the documentation.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct RecordedPricesTests {
    private var recording: Script {
        get throws {
            let file = Bundle.module.url(
                forResource: "Recordings/prices", withExtension: "json")
            return try Script(contentsOf: #require(file))
        }
    }

    @Test func aRecordedLossIsShownStepByStep() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            server.script(try recording)
            var configuration = EventStream.Configuration()
            configuration.transport = server.transport
            configuration.clock = clock
            configuration.timeouts.idle = nil
            configuration.timeouts.open = nil
            configuration.reconnection = .default
            configuration.reconnection?.jitter = 0
            let url = server.url("/prices")
            let model = PricesModel(
                EventStream(url: url, configuration: configuration))
            let running = Task { await model.run() }

            await wait(for: model) { $0.prices == ["ACME": 99.5] }
            try await clock.sleepers(1)
            clock.advance(by: .milliseconds(250))
            await wait(for: model) { $0.prices == ["ACME": 99.5, "BOLT": 12] }
            #expect(model.status == .live)

            try await clock.sleepers(1)
            clock.advance(by: .milliseconds(100))
            await wait(for: model) {
                $0.status == .reconnecting(in: .milliseconds(100))
            }
            #expect(model.prices == ["ACME": 99.5, "BOLT": 12])

            try await clock.sleepers(1)
            clock.advance(by: .milliseconds(100))
            await wait(for: model) { $0.prices == ["ACME": 101, "BOLT": 12] }
            let again = try await server.connection(2, on: "/prices")
            #expect(again.request.lastEventID == "2")
            running.cancel()
        }
    }

    @Test func aRecordingOfAnyLengthIsPlayedAtOnce() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            server.script(try recording)
            let model = PricesModel(EventStream(url: server.url("/prices")))
            let running = Task { await model.run() }
            // Whatever wait the script comes to is over at once.
            let time = Task {
                let limit = Duration.seconds(60)
                while (try? await clock.sleepers(1, within: limit)) != nil {
                    clock.advanceToNextSleeper()
                }
            }
            await wait(for: model) { $0.prices == ["ACME": 101, "BOLT": 12] }
            time.cancel()
            running.cancel()
        }
    }
}
