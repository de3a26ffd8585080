#if os(Linux)
    import Foundation
    import FoundationNetworking
    import MockServer
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// What libcurl is told about the address, and URLSession cannot do.
        @Suite struct LibcurlAddressTests {
            private static let answer =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n"

            private func events(
                _ url: URL, over transport: any EventTransport
            ) async throws -> [String] {
                var configuration = EventStream.Configuration.test(transport)
                configuration.reconnection = .never
                return try await EventStream(url: url, configuration: configuration).all()
                    .map(\.data)
            }

            @Test func aUnixSocketIsReached() async throws {
                let path = "/tmp/sse-\(UUID().uuidString)"
                defer { unlink(path) }
                let listener = try RawListener(.unix(path))
                async let request = listener.serve(Self.answer)
                #expect(
                    try await events(listener.url, over: .libcurl(unixSocket: path)) == ["one"])
                #expect(try await request.hasPrefix("GET /feed HTTP/1.1\r\nHost: nowhere.invalid"))
            }

            @Test func aUnixSocketThatIsNotThereIsAFailure() async throws {
                let stream = EventStream(
                    url: try .test(),
                    configuration: .test(.libcurl(unixSocket: "/tmp/sse-\(UUID().uuidString)")))
                let (error, _) = try await stream.failure()
                let cause = try #require(error.underlying as? LibcurlError)
                #expect(cause.code == 7)
                #expect((cause as any Error).localizedDescription == cause.message)
            }

            @Test(.enabled(if: RawListener.hasIPv6, "no IPv6 loopback"))
            func anIPv6LiteralIsReached() async throws {
                let listener = try RawListener(.loopbackIPv6)
                async let request = listener.serve(Self.answer)
                #expect(try await events(listener.url, over: .libcurl) == ["one"])
                #expect(try await request.contains("Host: [::1]:"))
            }

            @Test func thePathIsSentAsItIs() async throws {
                let path = "/tmp/sse-\(UUID().uuidString)"
                defer { unlink(path) }
                let listener = try RawListener(.unix(path))
                async let request = listener.serve(Self.answer)
                let url = try #require(
                    URL(string: "http://nowhere.invalid/a/../%2e/b//c?d=/../%20"))
                _ = try await events(url, over: .libcurl(unixSocket: path))
                let dot = Libcurl.isVersion7 ? "%2e" : "%2E"
                #expect(
                    try await request.hasPrefix("GET /a/../\(dot)/b//c?d=/../%20 HTTP/1.1\r\n"))
            }

            /// From 1 MiB on, libcurl would ask with `Expect` whether it may send the body.
            @Test(arguments: [0, 1, 1_100_000])
            func nothingIsAddedToTheRequest(bodyCount: Int) async throws {
                let path = "/tmp/sse-\(UUID().uuidString)"
                defer { unlink(path) }
                let listener = try RawListener(.unix(path))
                async let sent = listener.serve(Self.answer)
                var request = URLRequest(url: listener.url)
                request.httpMethod = "POST"
                request.httpBody = Data(count: bodyCount)
                var configuration = EventStream.Configuration.test(.libcurl(unixSocket: path))
                configuration.prepareRequest = { request, _ in
                    request.allHTTPHeaderFields = ["X-Only": "1"]
                }
                configuration.reconnection = .never
                // The listener does not read a large body, so that its answer may be lost.
                _ = try? await EventStream(request, configuration: configuration).all()
                let head = try await sent.components(separatedBy: "\r\n\r\n")[0]
                let names = head.split(separator: "\r\n").dropFirst().map {
                    $0.prefix { $0 != ":" }
                }
                #expect(names.sorted() == ["Content-Length", "Host", "X-Only"])
            }

            @Test(arguments: [nil, "Bearer mine"])
            func aUserInTheURLIsSentUnlessTheCallerSaysOtherwise(own: String?) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script("/feed", [.status(204)])
                    var configuration = EventStream.Configuration.test(.libcurl)
                    configuration.headers["Authorization"] = own
                    let url = try #require(
                        URL(string: "http://user:pass%20word@127.0.0.1:\(server.port)/feed"))
                    _ = try await EventStream(url: url, configuration: configuration).all()
                    let basic = "Basic " + Data("user:pass word".utf8).base64EncodedString()
                    #expect(
                        try await server.connection(1, on: "/feed").request
                            .headers["Authorization"] == own ?? basic)
                }
            }

            @Test func theCallersCookieIsSentBesidesThoseThatAreKept() async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script(
                        "/own",
                        [.status(503, headers: ["Set-Cookie": "kept=1; Path=/own"]), .status(204)])
                    var configuration = EventStream.Configuration.test(.libcurl)
                    configuration.credentials = .include
                    configuration.headers["Cookie"] = "mine=2"
                    _ = try await EventStream(
                        url: server.url("/own"), configuration: configuration
                    ).all()
                    let cookies = try await server.connection(2, on: "/own").request.headers
                        .filter { $0.name.lowercased() == "cookie" }
                    #expect(cookies.map(\.value) == ["kept=1; mine=2"])
                }
            }

            @Test(arguments: ["/no/such/file", "/etc/hostname"])
            func authoritiesThatCannotBeReadAreAFailure(path: String) async throws {
                let url = try #require(URL(string: "https://127.0.0.1:1/"))
                let stream = EventStream(
                    url: url, configuration: .test(.libcurl(certificateAuthorities: path)))
                let (error, _) = try await stream.failure()
                #expect(error.code == .connectionFailed)
                #expect(error.underlying is LibcurlError)
            }
        }
    }
#endif
