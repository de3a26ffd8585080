import MockServer
import Testing

/// What the wire is promised, seen by a raw socket.
struct WireTests {
    @Test func aStreamEndsWithTheLastChunk() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one", id: "1"), .end])])
            let client = try await RawClient.get(
                "/", from: server.port, headers: ["Connection: close"])
            let (head, body, end) = await client.receiveAnswer()
            #expect(head.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"))
            #expect(body == "11\r\nid: 1\ndata: one\n\n\r\n0\r\n\r\n")
            #expect(end == .fin)
        }
    }

    @Test func theExampleOfTheSpecification() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/feed",
                [
                    .stream([
                        .retry(.milliseconds(1)), .event("one", id: "1"),
                        .event("two", id: "2").cut(afterBytes: 9), .drop(.reset),
                    ]),
                    .stream([.event("two", id: "2"), .hold]),
                ])
            let first = try await RawClient.get("/feed", from: server.port)
            let (_, body, end) = await first.receiveAnswer()
            #expect(chunks(body).chunks == ["retry: 1\n\n", "id: 1\ndata: one\n\n", "id: 2\ndat"])
            #expect(!chunks(body).isComplete)
            #expect(end == .reset)
            let second = try await RawClient.get(
                "/feed", from: server.port, headers: ["Last-Event-ID: 1"])
            let again = try await server.connection(2, on: "/feed")
            #expect(again.request.lastEventID == "1")
            #expect(await second.receive(until: "two\n\n").contains("data: two"))
            await second.close()
            let ending = try await again.ended()
            #expect(ending.by == .client)
        }
    }
}
