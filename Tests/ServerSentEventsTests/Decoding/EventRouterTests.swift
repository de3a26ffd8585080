import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

@Suite struct EventRouterTests {
    private struct Refusal: Error {}

    private let prices = EventRouter<Market>().on("price", Market.price).on("alert", Market.alert)

    private func line(_ market: Market) -> String {
        switch market {
        case .price(let price): "price \(price.amount)"
        case .alert(let alert): "alert \(alert.text)"
        case .other(let event): "other \(event.type)"
        }
    }

    private func strict(_ unknownTypes: EventRouter<Market>.UnknownTypes) -> EventRouter<Market> {
        EventRouter<Market>(unknownTypes: unknownTypes)
            .on("price", Market.price)
            .on("alert", Market.alert)
    }

    /// What a router makes of a feed with an unknown type, a bad payload and a reset in it.
    private func lines(_ router: EventRouter<Market>) async throws -> [String] {
        try await MockEventServer.run { server in
            server.script(
                "/market",
                [
                    .stream([
                        .event(#"{"amount": 1}"#, type: "price"),
                        .event("x", type: "trade"),
                        .event(#"{"text": 2}"#, type: "alert", id: "2"),
                        .drop(.reset),
                    ]),
                    .stream([
                        .event(#"{"text": "up"}"#, type: "alert"), .event("{}"),
                        .event("[DONE]"), .event(#"{"amount": 2}"#, type: "price"), .hold,
                    ]),
                ])
            var configuration = TestedTransport.memory.configuration(for: server)
            configuration.terminator = .data("[DONE]")
            let stream = EventStream(url: server.url("/market"), configuration: configuration)
            let routed = stream.route(router)
            requireSendable(routed)
            let lines = await routed.lines(line)
            let again = try await server.connection(2, on: "/market")
            #expect(again.request.lastEventID == "2")
            return lines
        }
    }

    // MARK: Unknown types

    @Test func skipsUnknownTypes() async throws {
        let expected = ["price 1", "decodingFailed", "alert up"]
        #expect(try await lines(prices) == expected)
        #expect(try await lines(strict(.skip)) == expected)
    }

    @Test func keepsUnknownTypes() async throws {
        #expect(
            try await lines(strict(.keep(Market.other)))
                == ["price 1", "other trade", "decodingFailed", "alert up", "other message"])
    }

    @Test func throwsForUnknownTypes() async throws {
        #expect(
            try await lines(strict(.throw))
                == ["price 1", "unknownType", "decodingFailed", "alert up", "unknownType"])
    }

    @Test func skipsTypesByName() async throws {
        #expect(
            try await lines(strict(.throw).skip("trade").skip("message"))
                == ["price 1", "decodingFailed", "alert up"])
    }

    @Test func theErrorForAnUnknownTypeSaysWhatToDo() throws {
        let event = ServerSentEvent(type: "trade", data: "secret")
        let error = try #require(throws: EventStreamError.self) {
            try strict(.throw).output(for: event)
        }
        #expect(error.event == event)
        #expect(
            error.message == """
                The router has nothing for events of type "trade": add it with `on`, or create the \
                router with `unknownTypes: .skip`.
                """)
    }

    // MARK: Known types

    @Test func handsOverAnEventAsItIs() throws {
        let router = EventRouter<String>().on("log") { event in
            "\(try event.decode(Int.self)) \(event.lastEventID)"
        }
        #expect(try router.output(for: .data("1", type: "log", id: "7")) == "1 7")
        let error = try #require(throws: EventStreamError.self) {
            try router.output(for: .data("x", type: "log"))
        }
        #expect(error.code == .decodingFailed)
        #expect(error.underlying is DecodingError)
    }

    @Test func decodesWhatIsAskedFor() throws {
        let router = EventRouter<Int>()
            .on("price", as: Price.self) { $0.amount }
            .on("alert") { (alert: Alert) in alert.text.count }
            .on("message") { $0.data.count }
        #expect(try router.output(for: .data(#"{"amount": 5}"#, type: "price")) == 5)
        #expect(try router.output(for: .data(#"{"text": "abc"}"#, type: "alert")) == 3)
        #expect(try router.output(for: .data("ab")) == 2)
    }

    @Test func theLastOfATypeCounts() throws {
        let router = EventRouter<Int>().on("a") { _ in 1 }.on("a") { _ in 2 }
        #expect(try router.output(for: .data("", type: "a")) == 2)
        #expect(try router.skip("a").output(for: .data("", type: "a")) == nil)
        #expect(try router.output(for: .data("", type: "a")) == 2, "it is a value")
    }

    /// One as a character, one as a letter and an accent.
    @Test func typesAreComparedByteByByte() throws {
        let router = EventRouter<Int>().on("\u{E9}") { _ in 1 }
        #expect(try router.output(for: .data("", type: "\u{E9}")) == 1)
        #expect(try router.output(for: .data("", type: "e\u{301}")) == nil)
        let both = router.on("e\u{301}") { _ in 2 }
        #expect(try both.output(for: .data("", type: "\u{E9}")) == 1)
        #expect(try both.output(for: .data("", type: "e\u{301}")) == 2)
    }

    @Test func whatATransformThrowsIsBelow() throws {
        let router = EventRouter<Int>().on("price", as: Price.self) { _ in throw Refusal() }
        let event = ServerSentEvent(type: "price", data: #"{"amount": 5}"#)
        let error = try #require(throws: EventStreamError.self) { try router.output(for: event) }
        #expect(error.code == .decodingFailed)
        #expect(error.underlying is Refusal)
        #expect(error.event == event)
    }

    @Test func takesTheDecodersStrategies() throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        let router = EventRouter<Date>(decoder: decoder).on("time", as: Date.self) { $0 }
        let date = try router.output(for: .data("60", type: "time"))
        #expect(date == Date(timeIntervalSince1970: 60))
    }

    // MARK: Ends

    @Test func cancellingEndsItWithoutAnError() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/market", [.stream([.event(#"{"amount": 1}"#, type: "price"), .hold])])
            let routed = EventStream(
                url: server.url("/market"),
                configuration: TestedTransport.memory.configuration(for: server)
            )
            .route(prices)
            let (received, receive) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                var count = 0
                for try await _ in routed {
                    count += 1
                    receive.yield()
                }
                return count
            }
            for await _ in received { break }
            task.cancel()
            let count = try await task.value
            #expect(count == 1)
            let ending = try await server.connection(1, on: "/market").ended()
            #expect(ending.by == .client)
        }
    }

    @Test func theStreamsErrorEndsIt() async throws {
        let transport = ScriptedTransport([{ $0.status(404) }])
        let stream = EventStream(url: try .test(), configuration: .test(transport))
        var updates = stream.route(strict(.throw)).makeAsyncIterator()
        await #expect(throws: EventStreamError.self) { try await updates.next() }
        #expect(try await updates.next() == nil)
    }
}
