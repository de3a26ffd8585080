import MockServer
import Testing

/// What the server prints shows no credential of a request: every one here is called "s3cret".
@Suite(.timeLimit(.minutes(1)))
struct SecrecyTests {
    private static let fields = [
        "Authorization: Bearer s3cret", "Cookie: id=s3cret", "Proxy-Authorization: Basic s3cret",
        "X-Api-Key: s3cret", "X-Amz-Security-Token: s3cret", "Referer: http://x/?s3cret",
        "X-Plain: shown",
    ]

    private func texts(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return [dumped, "\(value)", String(reflecting: value), "\([value])"]
    }

    private func expectNoSecret(
        in value: Any, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for text in texts(of: value) {
            #expect(!text.contains("s3cret"), sourceLocation: sourceLocation)
        }
    }

    @Test func whatIsPrintedHasNone() async throws {
        try await MockEventServer.run { server in
            server.script("/feed", [.status(204)])
            _ = try await RawClient.get(
                "/feed?token=s3cret", from: server.port, headers: Self.fields)
            let connection = try await server.connection(1, on: "/feed")
            try await connection.ended()
            expectNoSecret(in: connection.request)
            expectNoSecret(in: connection.journalEntry)
            expectNoSecret(in: server.journal)
            expectNoSecret(in: connection)
            expectNoSecret(in: server)
            #expect("\(connection.request)".contains("shown"))
            #expect("\(connection.journalEntry)".contains("GET /feed?[redacted]"))
            // Tests can compare them all the same.
            #expect(connection.request.query == "token=s3cret")
            #expect(connection.request.headers["X-Api-Key"] == "s3cret")
            #expect(connection.request.headers["Authorization"] == "Bearer s3cret")
        }
    }

    @Test func aFailureHasNone() async throws {
        let error = await #expect(throws: MockServerError.self) {
            try await MockEventServer.run(waitLimit: .milliseconds(50)) { server in
                server.script(
                    "/feed",
                    [.redirect(to: "/x?token=s3cret"), .redirect(to: "http://me:s3cret@h/")])
                for path in ["/feed?token=s3cret", "/other?token=s3cret"] {
                    _ = try await RawClient.get(path, from: server.port, headers: Self.fields)
                }
                try await server.connection(1, on: "/other", within: .seconds(5)).ended()
                _ = try await server.connection(3, on: "/feed")
            }
        }
        #expect(error?.issues.count == 2)
        #expect(error?.journal.count == 2)
        expectNoSecret(in: try #require(error))
    }

    @Test(arguments: [
        "GET /?s3cret HTTP/3\r\n\r\n", "GET http://me:s3cret@h/ HTTP/3\r\n\r\n",
        "GET x?s3cret HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nAuthorization Bearer s3cret\r\n\r\n",
    ])
    func anUnreadableRequestHasNone(request: String) async throws {
        let server = try MockEventServer()
        let client = try await RawClient.connect(to: server.port)
        try await client.send(request)
        let (_, body, _) = await client.receiveAnswer()
        #expect(body.contains("malformed"))
        #expect(!body.contains("s3cret"))
        #expect(server.issues.count == 1)
        expectNoSecret(in: server.issues)
        await server.stop()
    }
}
