import MockServer
import Testing

/// What the wire is promised, seen by a raw socket.
@Suite(.timeLimit(.minutes(1)))
struct WireTests {
    @Test func aStreamEndsWithTheLastChunk() async throws {
        let answer = try await answer(to: .stream([.event("one", id: "1"), .end]))
        #expect(
            answer.head == """
                HTTP/1.1 200 OK\r
                Content-Type: text/event-stream\r
                Cache-Control: no-cache\r
                X-Accel-Buffering: no\r
                Transfer-Encoding: chunked\r
                Connection: close
                """)
        #expect(answer.body == "11\r\nid: 1\ndata: one\n\n\r\n0\r\n\r\n")
        #expect(answer.end == .fin)
    }

    @Test func aStreamWithoutATerminalStepEndsCleanly() async throws {
        let answer = try await answer(to: .stream([.event("one")]))
        #expect(chunks(answer.body).isComplete)
    }

    @Test func anEmptyStreamIsComplete() async throws {
        let answer = try await answer(to: .stream([]))
        #expect(answer.body == "0\r\n\r\n")
    }

    @Test(arguments: [Step.Drop.fin, .reset])
    func aDropNeverWritesTheLastChunk(how: Step.Drop) async throws {
        let answer = try await answer(to: .stream([.event("one"), .drop(how)]))
        #expect(answer.body == "b\r\ndata: one\n\n\r\n")
        #expect(answer.end == (how == .fin ? .fin : .reset))
    }

    @Test func eachStepIsAChunk() async throws {
        let answer = try await answer(
            to: .stream([.comment("hi"), .event("one"), .retry(.seconds(1)), .raw("x")]))
        #expect(
            chunks(answer.body).chunks == [": hi\n\n", "data: one\n\n", "retry: 1000\n\n", "x"])
    }

    @Test func lineEndingsAreAsAsked() async throws {
        let answer = try await answer(
            to: .stream([
                .event("a\nb", id: "1").lineEnding(.cr), .comment("c").lineEnding(.crlf),
                .retry(.seconds(1)).lineEnding(.lf),
            ]))
        #expect(
            chunks(answer.body).chunks == [
                "id: 1\rdata: a\rdata: b\r\r", ": c\r\n\r\n", "retry: 1000\n\n",
            ])
    }

    @Test func headersReplaceTheDefaults() async throws {
        let answer = try await answer(
            to: .stream([], headers: ["content-type": "text/plain", "X-More": "1"]))
        #expect(answer.head.contains("\r\ncontent-type: text/plain\r\nX-More: 1\r\n"))
        #expect(!answer.head.contains("Content-Type"))
        #expect(answer.head.contains("Cache-Control: no-cache"))
    }

    @Test func closeDelimitedHasNoFraming() async throws {
        let answer = try await answer(
            to: .stream([.event("one")], framing: .closeDelimited), headers: [])
        #expect(!answer.head.lowercased().contains("transfer-encoding"))
        #expect(answer.body == "data: one\n\n")
        #expect(answer.end == .fin)
    }

    @Test func anHTTP10ClientGetsNoChunks() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one")])])
            server.handle("/handler") { try await $0.send(.event("one")) }
            for path in ["/", "/handler"] {
                let client = try await RawClient.connect(to: server.port)
                try await client.send("GET \(path) HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                let (head, body, end) = await client.receiveAnswer()
                #expect(!head.contains("Transfer-Encoding"))
                #expect(head.contains("Connection: close"))
                #expect(body == "data: one\n\n")
                #expect(end == .fin)
                let connection = try await server.connection(1, on: path)
                #expect(try await connection.ended().cause == .complete)
            }
        }
    }

    @Test func contentLengthIsTold() async throws {
        let answer = try await answer(to: .stream([.event("one")], framing: .contentLength(11)))
        #expect(answer.head.contains("Content-Length: 11"))
        #expect(answer.body == "data: one\n\n")
    }

    @Test func aContentLengthCanBeBroken() async throws {
        let answer = try await answer(
            to: .stream([.event("one"), .drop(.fin)], framing: .contentLength(20)))
        #expect(answer.head.contains("Content-Length: 20"))
        #expect(answer.body == "data: one\n\n")
        #expect(answer.end == .fin)
    }

    @Test func theCutFallsExactlyOnTheByte() async throws {
        let event = "id: 2\ndata: zwölf 🎈\n\n"
        let count = event.utf8.count
        try await MockEventServer.run { server in
            let step = Step.event("zwölf 🎈", id: "2")
            server.script(
                "/", (0...count).map { .stream([step.cut(afterBytes: $0), .drop(.fin)]) })
            for cut in 0...count {
                let client = try await RawClient.get("/", from: server.port)
                let (bytes, _) = await client.receiveAll()
                let body = split(bytes).body
                let prefix = Array(event.utf8.prefix(cut))
                let head = Array("\(String(cut, radix: 16))\r\n".utf8)
                #expect(body == (cut == 0 ? [] : head + prefix + [0x0D, 0x0A]))
            }
        }
    }

    @Test func dribbledBytesAreChunksOfTheirOwn() async throws {
        let answer = try await answer(
            to: .stream([.event("one").dribbled(4, every: .microseconds(1))]))
        #expect(chunks(answer.body).chunks == ["data", ": on", "e\n\n"])
    }

    @Test func repeatedStepsAreWrittenAgain() async throws {
        let answer = try await answer(to: .stream([.event("x").repeated(3)]))
        #expect(chunks(answer.body).chunks == ["data: x\n\n", "data: x\n\n", "data: x\n\n"])
    }

    @Test func bytesGoOutAsTheyAre() async throws {
        let answer = try await answer(toRaw: .bytes("HTTP/1.1 200OK\nfoo\n\n"))
        #expect(answer.bytes == Array("HTTP/1.1 200OK\nfoo\n\n".utf8))
        #expect(answer.end == .fin)
    }

    @Test func bytesCanEndInAReset() async throws {
        let answer = try await answer(toRaw: .bytes([0, 255, 10], then: .drop(.reset)))
        #expect(answer.bytes == [0, 255, 10])
        #expect(answer.end == .reset)
    }

    @Test func bytesCanBePlayedInSteps() async throws {
        let answer = try await answer(
            toRaw: .bytes(steps: [
                .raw("HTTP/1.1 200 OK\r\n").dribbled(1, every: .zero), .event("x"), .end,
            ]))
        #expect(answer.bytes == Array("HTTP/1.1 200 OK\r\ndata: x\n\n".utf8))
        #expect(answer.end == .fin)
    }

    @Test func refuseResetsWithoutAByte() async throws {
        let answer = try await answer(toRaw: .refuse)
        #expect(answer.bytes == [])
        #expect(answer.end == .reset)
    }

    @Test func aStatusIsComplete() async throws {
        let answer = try await answer(
            to: .status(503, body: "later", retryAfter: .milliseconds(1_200)))
        #expect(
            answer.head == """
                HTTP/1.1 503 Service Unavailable\r
                Content-Type: text/plain; charset=utf-8\r
                Retry-After: 2\r
                Content-Length: 5\r
                Connection: close
                """)
        #expect(answer.body == "later")
    }

    @Test func noContentHasNoLength() async throws {
        let answer = try await answer(to: .status(204))
        #expect(answer.head == "HTTP/1.1 204 No Content\r\nConnection: close")
        #expect(answer.body == "")
    }

    @Test func aRedirectSaysWhereTo() async throws {
        let answer = try await answer(to: .redirect(307, to: "../other?x=1"))
        #expect(answer.head.hasPrefix("HTTP/1.1 307 Temporary Redirect\r\n"))
        #expect(answer.head.contains("\r\nLocation: ../other?x=1\r\nContent-Length: 0"))
    }

    @Test func aHeadRequestGetsTheHeadAlone() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .hold]), .status(404, body: "none")])
            let client = try await RawClient.connect(to: server.port)
            try await client.send(RawClient.request("/", method: "HEAD"))
            #expect(await client.receive(until: "\r\n\r\n").hasSuffix("chunked\r\n\r\n"))
            try await client.send(
                RawClient.request("/", method: "HEAD", headers: ["Connection: close"]))
            let (head, body, end) = await client.receiveAnswer()
            #expect(head.contains("Content-Length: 4"))
            #expect(body == "")
            #expect(end == .fin)
        }
    }

    @Test func aHalfCloseIsAFinThatStillListens() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .halfClose])])
            let client = try await RawClient.get("/", from: server.port)
            let (_, body, end) = await client.receiveAnswer()
            #expect(body == "b\r\ndata: one\n\n\r\n")
            #expect(end == .fin)
            let connection = try await server.connection(1, on: "/")
            #expect(connection.journalEntry.ending == nil)
            try await client.send("more")
            await client.close()
            #expect(try await connection.ended().by == .client)
        }
    }

    /// Plays one reply and receives the answer to its end.
    private func answer(
        to reply: Reply, headers: [String] = ["Connection: close"]
    ) async throws -> (head: String, body: String, end: RawClient.End) {
        try await MockEventServer.run { server in
            server.script("/", [reply])
            let client = try await RawClient.get("/", from: server.port, headers: headers)
            return await client.receiveAnswer()
        }
    }

    private func answer(
        toRaw reply: Reply
    ) async throws -> (bytes: [UInt8], end: RawClient.End) {
        try await MockEventServer.run { server in
            server.script("/", [reply])
            return try await RawClient.get("/", from: server.port).receiveAll()
        }
    }
}
