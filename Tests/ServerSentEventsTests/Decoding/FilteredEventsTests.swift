import MockServer
import Testing

@testable import ServerSentEvents

@Suite struct FilteredEventsTests {
    private func run(
        _ test: (EventStream, MockEventServer) async throws -> Void
    ) async throws {
        try await MockEventServer.run { server in
            server.script(
                "/feed",
                [
                    .stream([
                        .event("1", type: "price", id: "1"), .event("2", id: "2"),
                        .event("3", type: "alert", id: "3"), .drop(.reset),
                    ]),
                    .stream([.event("4", type: "price"), .event("5", type: "Price"), .end]),
                    .status(204),
                ])
            let stream = EventStream(
                url: server.url("/feed"),
                configuration: TestedTransport.memory.configuration(for: server))
            try await test(stream, server)
        }
    }

    @Test func hasTheEventsOfAType() async throws {
        try await run { stream, server in
            #expect(await stream.events(ofType: "price").lines(\.data) == ["1", "4"])
            let again = try await server.connection(2, on: "/feed")
            #expect(again.request.lastEventID == "3")
        }
    }

    @Test func hasTheEventsOfSeveralTypes() async throws {
        try await run { stream, _ in
            let events = stream.events(ofTypes: ["message", "alert"])
            #expect(await events.lines(\.data) == ["2", "3"])
        }
    }

    /// One as a character, one as a letter and an accent.
    @Test func typesAreComparedByteByByte() async throws {
        let (stream, _) = try scripted([
            { $0.stream("event: \u{E9}\ndata: 1\n\n", "event: e\u{301}\ndata: 2\n\n") },
            { $0.status(204) },
        ])
        #expect(await stream.events(ofType: "e\u{301}").lines(\.data) == ["2"])
    }

    @Test func hasNoneOfNoTypes() async throws {
        try await run { stream, _ in
            #expect(await stream.events(ofTypes: []).lines(\.data) == [])
        }
    }

    @Test func feedsADecoder() async throws {
        try await run { stream, _ in
            let prices = stream.events(ofType: "price").decode(Int.self)
            requireSendable(prices)
            #expect(await prices.lines { "\($0)" } == ["1", "4"])
        }
    }

    /// The connection is made at the first call, and nothing is read ahead of one.
    @Test func isLazy() async throws {
        let transport = ScriptedTransport([
            { $0.open(["event: price\ndata: 1\n\nevent: price\ndata: 2\n\n"]) }
        ])
        let stream = EventStream(url: try .test(), configuration: .test(transport))
        var prices = stream.events(ofType: "price").makeAsyncIterator()
        #expect(transport.requests.isEmpty)
        #expect(try await prices.next()?.data == "1")
        #expect(transport.connections.first?.reins.pulls == [])
        #expect(try await prices.next()?.data == "2")
    }

    @Test func theStreamsErrorEndsIt() async throws {
        let transport = ScriptedTransport([{ $0.status(404) }])
        let stream = EventStream(url: try .test(), configuration: .test(transport))
        #expect(await stream.events(ofType: "price").lines(\.data) == ["refused"])
    }
}
