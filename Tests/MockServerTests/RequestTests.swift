import MockServer
import Testing

/// How requests are read, one after the other on one connection too.
@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
    @Test func aRequestIsTakenApart() async throws {
        try await MockEventServer.run { server in
            server.script("/a%20b", [.status(204)])
            let client = try await RawClient.connect(to: server.port)
            try await client.send(
                "POST /a%20b?x=1&y=%3F HTTP/1.1\r\nHost: h\r\nAccept:  text/event-stream \r\n"
                    + "LAST-EVENT-ID: zwölf: 12\r\nContent-Length: 5\r\n\r\nhello")
            let request = try await server.connection(1, on: "/a%20b").request
            #expect(request.method == "POST")
            #expect(request.path == "/a%20b")
            #expect(request.query == "x=1&y=%3F")
            #expect(request.headers["accept"] == "text/event-stream")
            #expect(request.lastEventID == "zwölf: 12")
            #expect(request.body == Array("hello".utf8))
        }
    }

    @Test func aRequestMayComeByteByByte() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.status(204)])
            let client = try await RawClient.connect(to: server.port)
            for byte in "GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8 { try await client.send([byte]) }
            #expect(await client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 204 "))
        }
    }

    @Test func aChunkedBodyIsPutTogether() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.status(204), .status(204)])
            let client = try await RawClient.connect(to: server.port)
            let head = RawClient.request(
                "/", method: "POST", headers: ["Transfer-Encoding: chunked"])
            try await client.send(head + "5\r\nhello\r\nA;x=y\r\n, world 12\r\n0\r\nT: 1\r\n\r\n")
            let first = try await server.connection(1, on: "/")
            #expect(String(decoding: first.request.body, as: UTF8.self) == "hello, world 12")
            try await client.send(RawClient.request("/"))
            #expect(try await server.connection(2, on: "/").request.body == [])
        }
    }

    @Test func continueIsSentOnRequest() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.status(204)])
            let client = try await RawClient.connect(to: server.port)
            try await client.send(
                RawClient.request(
                    "/", method: "POST", headers: ["Expect: 100-continue", "Content-Length: 2"]))
            #expect(await client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await client.send("ab")
            #expect(await client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 204 "))
        }
    }

    @Test func aConnectionIsKeptAlive() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/", [.stream([.event("one")]), .status(200, body: "two"), .status(204)])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "0\r\n\r\n").contains("data: one"))
            // Two at once: the second waits for its turn.
            let request = RawClient.request("/")
            try await client.send(request + request)
            #expect(await client.receive(until: "204 No Content").contains("two"))
            try await server.connection(3, on: "/").ended()
            #expect(server.journal.map(\.number) == [1, 2, 3])
        }
    }

    @Test(arguments: ["HTTP/1.1\r\nConnection: close", "HTTP/1.0"])
    func aConnectionIsClosedOnRequest(version: String) async throws {
        try await MockEventServer.run { server in
            server.script("/", [.status(200, body: "one")])
            let client = try await RawClient.connect(to: server.port)
            try await client.send("GET / \(version)\r\n\r\n")
            let (head, body, end) = await client.receiveAnswer()
            #expect(head.contains("Connection: close"))
            #expect(body == "one")
            #expect(end == .fin)
        }
    }

    @Test func aReplyMayCloseTheConnection() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one")], headers: ["Connection": "close"])])
            let client = try await RawClient.get("/", from: server.port)
            let (_, body, end) = await client.receiveAnswer()
            #expect(chunks(body).isComplete)
            #expect(end == .fin)
        }
    }

    @Test func anAbsoluteTargetIsUnderstood() async throws {
        try await MockEventServer.run { server in
            server.script("/x", [.status(204)])
            let client = try await RawClient.connect(to: server.port)
            try await client.send("GET http://other:1/x?y HTTP/1.1\r\n\r\n")
            #expect(try await server.connection(1, on: "/x").request.query == "y")
        }
    }

    /// Bytes that are no request, and what is said about them.
    struct Unreadable: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: String
        var status: Int
        var message: String

        init(_ name: String, _ bytes: String, _ status: Int, _ message: String) {
            testDescription = name
            self.bytes = bytes
            self.status = status
            self.message = message
        }

        static func head(
            _ name: String, _ field: String, _ status: Int, _ message: String,
            then body: String = ""
        ) -> Unreadable {
            Unreadable(name, "GET / HTTP/1.1\r\n\(field)\r\n\r\n\(body)", status, message)
        }

        static let chunked = "Transfer-Encoding: chunked"

        static let all = [
            Unreadable("nonsense", "nonsense\r\n\r\n", 400, "the request line is malformed"),
            Unreadable("HTTP/2", "PRI * HTTP/2.0\r\n\r\n", 400, "the request line is malformed"),
            Unreadable("target", "GET x HTTP/1.1\r\n\r\n", 400, "target is malformed"),
            Unreadable("TLS", "\u{16}\u{3}\u{1}", 400, "the client speaks TLS"),
            Unreadable(
                "long head", "GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 70_000),
                431, "longer than 64 KiB"),
            .head("no colon", "no colon", 400, "the header line is malformed"),
            .head("no name", ": x", 400, "the header line is malformed"),
            .head(
                "blank before the colon", "Transfer-Encoding : chunked", 400,
                "the header line is malformed: it begins with \"Transfer-Encoding…\""),
            .head("folded line", "X: y\r\n z: 1", 400, "the header line is malformed"),
            .head("negative length", "Content-Length: -1", 400, "the Content-Length is malformed"),
            .head("long body", "Content-Length: 1048577", 413, "longer than 1 MiB"),
            .head("endless body", "Content-Length: 99999999999999999999", 413, "1 MiB"),
            .head("coding", "Transfer-Encoding: gzip", 501, "transfer coding"),
            .head("negative chunk", chunked, 400, "chunk size", then: "-1\r\n"),
            .head("negative zero", chunked, 400, "chunk size", then: "-0\r\n\r\n"),
            .head("long chunk", chunked, 413, "1 MiB", then: "fffffff\r\n"),
            .head("chunk without end", chunked, 400, "a chunk", then: "1\r\nabc\r\n"),
        ]
    }

    @Test(arguments: Unreadable.all)
    func anUnreadableRequestIsAnsweredAndNoted(request: Unreadable) async throws {
        let server = try MockEventServer()
        let client = try await RawClient.connect(to: server.port)
        try await client.send(request.bytes)
        let (head, body, end) = await client.receiveAnswer()
        #expect(head.hasPrefix("HTTP/1.1 \(request.status) "))
        #expect(body.contains(request.message))
        #expect(end == .fin)
        #expect(server.issues.map(\.kind) == [.unreadableRequest])
        #expect(server.issues.first?.message.contains(request.message) == true)
        await server.stop()
    }

    @Test func aClientThatSaysNothingIsNoRequest() async throws {
        try await MockEventServer.run { server in
            let silent = try await RawClient.connect(to: server.port)
            let partial = try await RawClient.connect(to: server.port)
            try await partial.send("GET / HT")
            await silent.close()
            await partial.close()
            #expect(server.journal.isEmpty)
        }
    }

    @Test func aClientThatLeavesRightAwayIsNoted() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("x"), .gate("never")])])
            let client = try await RawClient.get("/", from: server.port)
            await client.close()
            let ending = try await server.connection(1, on: "/").ended()
            #expect(ending.by == .client)
        }
    }
}
