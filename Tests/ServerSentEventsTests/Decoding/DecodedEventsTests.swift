import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

@Suite struct DecodedEventsTests {
    private func price(_ amount: Int, id: String? = nil) -> Step {
        .event(#"{"amount": \#(amount)}"#, id: id)
    }

    private func stream(
        _ server: MockEventServer, configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) -> EventStream {
        var configuration = TestedTransport.memory.configuration(for: server)
        configure(&configuration)
        return EventStream(url: server.url("/prices"), configuration: configuration)
    }

    // MARK: Values

    @Test(arguments: TestedTransport.allCases)
    func decodesEachEvent(_ tested: TestedTransport) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script(
                "/prices", [.stream([price(1), .comment("ping"), price(2), .end]), .status(204)])
            let stream = EventStream(
                url: server.url("/prices"), configuration: tested.configuration(for: server))
            var amounts: [Int] = []
            for try await price in stream.decode(Price.self) { amounts.append(price.amount) }
            #expect(amounts == [1, 2])
        }
    }

    @Test func takesTheDecodersStrategies() async throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        struct Trade: Decodable { let lastAmount: Int }
        try await MockEventServer.run { server in
            server.script("/prices", [.stream([.event(#"{"last_amount": 7}"#), .hold])])
            for try await trade in stream(server).decode(Trade.self, using: decoder) {
                #expect(trade.lastAmount == 7)
                break
            }
        }
    }

    @Test func decodesALargePayload() async throws {
        let text = String(repeating: "日本", count: 500_000)
        try await MockEventServer.run { server in
            server.script(
                "/prices", [.stream([.event(#"{"text": "\#(text)"}"#), .event("{}"), .hold])])
            var alerts = stream(server).decode(Alert.self).makeAsyncIterator()
            #expect(try await alerts.next()?.text == text)
            let error = try await #require(throws: EventStreamError.self) {
                try await alerts.next()
            }
            #expect(error.event?.data == "{}")
        }
    }

    /// It is a sequence as any other, and so is what it is made of.
    @Test func isMadeOfAnySequenceOfEvents() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/prices", [.stream([price(1), .event("x", type: "log"), price(2), .hold])])
            let prices = stream(server).filter { $0.type != "log" }.prefix(2).decode(Price.self)
            #expect(await prices.lines { "\($0.amount)" } == ["1", "2"])
        }
    }

    @Test func crossesTasks() async throws {
        try await MockEventServer.run { server in
            server.script("/prices", [.stream([price(1), .hold])])
            let prices = stream(server).decode(Price.self)
            requireSendable(prices)
            let task = Task {
                for try await price in prices { return price.amount }
                return 0
            }
            let amount = try await task.value
            #expect(amount == 1)
        }
    }

    /// A value that is not Sendable stays where it is asked for.
    @MainActor @Test func staysOnTheCallersActor() async throws {
        final class Model: Decodable { var amount = 0 }
        try await MockEventServer.run { @MainActor server in
            server.script("/prices", [.stream([price(1), price(2), .hold])])
            var models: [Model] = []
            for try await model in stream(server).decode(Model.self) {
                MainActor.assertIsolated()
                models.append(model)
                if models.count == 2 { break }
            }
            #expect(models.map(\.amount) == [1, 2])
        }
    }

    // MARK: Bad payloads

    /// The server sends what follows only after the error was thrown, on the same connection.
    @Test(arguments: ["x", "{", "{}", "[]", "null", "", #"{"amount": "1"}"#])
    func goesOnAfterABadPayload(data: String) async throws {
        try await MockEventServer.run { server in
            server.script(
                "/prices",
                [.stream([price(1), .event(data, id: "bad"), .gate("thrown"), price(2), .hold])])
            var prices = stream(server).decode(Price.self).makeAsyncIterator()
            #expect(try await prices.next()?.amount == 1)
            let error = try await #require(throws: EventStreamError.self) {
                try await prices.next()
            }
            #expect(error.code == .decodingFailed)
            #expect(error.event == .data(data, id: "bad"))
            #expect(error.underlying is DecodingError)
            server.openGate("thrown")
            #expect(try await prices.next()?.amount == 2)
            #expect(server.journal.count == 1)
        }
    }

    @Test func severalBadPayloadsInARowAreAnErrorEach() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/prices", [.stream([.event("x"), .event("y"), price(1), .end]), .status(204)])
            #expect(
                await stream(server).decode(Price.self).lines { "\($0.amount)" }
                    == ["decodingFailed", "decodingFailed", "1"])
        }
    }

    /// It was delivered, so that a reconnection goes on after it.
    @Test func aBadPayloadIsNotAskedForAgain() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/prices",
                [
                    .stream([price(1, id: "1"), .event("x", id: "2"), .drop(.reset)]),
                    .stream([price(3, id: "3"), .end]), .status(204),
                ])
            #expect(
                await stream(server).decode(Price.self).lines { "\($0.amount)" }
                    == ["1", "decodingFailed", "3"])
            let again = try await server.connection(2, on: "/prices")
            #expect(again.request.lastEventID == "2")
        }
    }

    // MARK: Ends

    @Test func theTerminatorNeedNotBeDecodable() async throws {
        try await MockEventServer.run { server in
            server.script("/prices", [.stream([price(1), .event("[DONE]"), price(2), .hold])])
            let prices = stream(server) { $0.terminator = .data("[DONE]") }.decode(Price.self)
            #expect(await prices.lines { "\($0.amount)" } == ["1"])
            let ending = try await server.connection(1, on: "/prices").ended()
            #expect(ending.by == .client)
        }
    }

    @Test func theStreamsOwnErrorEndsIt() async throws {
        try await MockEventServer.run { server in
            server.script("/prices", [.stream([price(1), .end])])
            var prices = stream(server) {
                $0.terminator = .data("[DONE]")
                $0.reconnection = .never
            }
            .decode(Price.self).makeAsyncIterator()
            #expect(try await prices.next()?.amount == 1)
            let error = try await #require(throws: EventStreamError.self) {
                try await prices.next()
            }
            #expect(error.code == .truncated)
            #expect(error.event == nil)
            #expect(try await prices.next() == nil)
        }
    }

    @Test func cancellingEndsItWithoutAnError() async throws {
        try await MockEventServer.run { server in
            server.script("/prices", [.stream([price(1), .hold])])
            let prices = stream(server).decode(Price.self)
            let (received, receive) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                var amounts: [Int] = []
                for try await price in prices {
                    amounts.append(price.amount)
                    receive.yield()
                }
                return amounts
            }
            for await _ in received { break }
            task.cancel()
            let amounts = try await task.value
            #expect(amounts == [1])
            let ending = try await server.connection(1, on: "/prices").ended()
            #expect(ending.by == .client)
        }
    }

    @Test func leavingTheLoopClosesTheConnection() async throws {
        try await MockEventServer.run { server in
            server.script("/prices", [.stream([price(1), .hold])])
            for try await _ in stream(server).decode(Price.self) { break }
            let ending = try await server.connection(1, on: "/prices").ended()
            #expect(ending.by == .client)
        }
    }
}
