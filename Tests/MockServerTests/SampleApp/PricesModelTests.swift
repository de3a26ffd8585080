import MockServer
import ServerSentEvents
import Testing

/// How an app tests what it makes of a stream: see "Testing your app" in the documentation.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct PricesModelTests {
    private func price(
        _ symbol: String, _ price: Double, id: String
    ) -> Step {
        let json = #"{"symbol":"\#(symbol)","price":\#(price)}"#
        return .event(json, type: "price", id: id)
    }

    @Test func pricesAreShown() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/prices",
                [
                    .stream([
                        price("ACME", 99.5, id: "1"),
                        price("BOLT", 12, id: "2"),
                        price("ACME", 99.75, id: "3"),
                        .hold,
                    ])
                ])
            let model = PricesModel(EventStream(url: server.url("/prices")))
            let running = Task { await model.run() }
            await wait(for: model) { $0.prices["ACME"] == 99.75 }
            #expect(model.prices == ["ACME": 99.75, "BOLT": 12])
            #expect(model.status == .live)
            running.cancel()
        }
    }

    @Test func aLostConnectionIsShownAndMadeAgain() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            server.script(
                "/prices",
                [
                    .stream([
                        .retry(.seconds(30)),
                        price("ACME", 99.5, id: "1"),
                        price("ACME", 1, id: "2").cut(afterBytes: 20),
                        .drop(.reset),
                    ]),
                    .stream([price("ACME", 101, id: "2"), .hold]),
                ])
            // In memory, half a minute takes no time.
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

            await wait(for: model) {
                $0.status == .reconnecting(in: .seconds(30))
            }
            #expect(model.prices == ["ACME": 99.5])

            try await clock.sleepers(1)
            clock.advance(by: .seconds(30))
            await wait(for: model) { $0.prices == ["ACME": 101] }
            #expect(model.status == .live)
            let again = try await server.connection(2, on: "/prices")
            #expect(again.request.lastEventID == "1")
            running.cancel()
        }
    }

    @Test func aRefusalIsShown() async throws {
        try await MockEventServer.run { server in
            server.script("/prices", [.status(403, body: "no subscription")])
            let model = PricesModel(EventStream(url: server.url("/prices")))
            await model.run()
            let refusal = "refused the stream with status 403"
            #expect("\(model.status)".contains(refusal))
        }
    }

    @Test func leavingTheScreenClosesTheConnection() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/prices", [.stream([price("ACME", 99.5, id: "1"), .hold])])
            let model = PricesModel(EventStream(url: server.url("/prices")))
            let running = Task { await model.run() }
            await wait(for: model) { !$0.prices.isEmpty }
            running.cancel()
            let ending = try await server.connection(1, on: "/prices").ended()
            #expect(ending.by == .client)
        }
    }
}
