#if os(Linux)
    import Foundation
    import MockServer
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// TLS and HTTP/2, through a real nginx in front of the mock server.
        @Suite(.enabled(if: Nginx.isInstalled, "nginx not installed"))
        struct NginxTests {
            private let url: URL

            init() throws {
                url = try #require(URL(string: "https://feed.test/feed"))
            }

            private func configuration(
                _ nginx: Nginx, authorities: String? = nil
            ) -> EventStream.Configuration {
                .test(
                    .libcurl(
                        certificateAuthorities: authorities ?? nginx.authorities,
                        unixSocket: nginx.socket))
            }

            @Test(arguments: [true, false])
            func eventsArriveOneByOne(isHTTP2: Bool) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script(
                        "/feed",
                        [
                            .stream([
                                .event("one", id: "1"), .gate("next"), .event("two", id: "2"), .end,
                            ]),
                            .status(204),
                        ])
                    let nginx = try await Nginx(before: server.port, isHTTP2: isHTTP2)
                    var events = EventStream(url: url, configuration: configuration(nginx))
                        .makeAsyncIterator()
                    let first = try await events.next()
                    #expect(first?.data == "one")
                    server.openGate("next")
                    #expect(try await events.next()?.data == "two")
                    #expect(try await events.next() == nil)
                    let request = try await server.connection(2, on: "/feed").request
                    #expect(request.headers["X-Protocol"] == (isHTTP2 ? "HTTP/2.0" : "HTTP/1.1"))
                    #expect(request.lastEventID == "2")
                }
            }

            @Test(arguments: [true, false])
            func aCutIsAFailure(isHTTP2: Bool) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script("/feed", [.stream([.event("one"), .drop(.reset)])])
                    let nginx = try await Nginx(before: server.port, isHTTP2: isHTTP2)
                    var configuration = configuration(nginx)
                    configuration.reconnection = .never
                    let stream = EventStream(url: url, configuration: configuration)
                    let (error, events) = try await stream.failure()
                    #expect(error.code == .connectionFailed)
                    #expect(error.underlying is LibcurlError)
                    #expect(events.map(\.data) == ["one"])
                }
            }

            @Test(arguments: [true, false])
            func leavingCloses(isHTTP2: Bool) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script("/feed", [.stream([.event("one"), .hold])])
                    let nginx = try await Nginx(before: server.port, isHTTP2: isHTTP2)
                    for try await _ in EventStream(url: url, configuration: configuration(nginx)) {
                        break
                    }
                    #expect(try await server.connection(1, on: "/feed").ended().by == .client)
                }
            }

            @Test(arguments: [true, false])
            func aPausedFloodLosesNothingAndHoldsUpNobody(isHTTP2: Bool) async throws {
                let text = String(repeating: "x", count: 64 * 1024)
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script(
                        "/feed", [.stream([.event("first"), .event(text).repeated(256), .end])])
                    server.script("/other", [.stream([.event("one"), .hold])])
                    let nginx = try await Nginx(before: server.port, isHTTP2: isHTTP2)
                    let transport = WatchedTransport(configuration(nginx).transport)
                    var configuration = configuration(nginx)
                    configuration.transport = transport
                    configuration.reconnection = .never
                    configuration.limits.bufferLow = 16 * 1024
                    configuration.limits.bufferHigh = 128 * 1024
                    configuration.limits.bufferMaximum = 2 * 1024 * 1024
                    var events = EventStream(url: url, configuration: configuration)
                        .makeAsyncIterator()
                    let first = try await events.next()
                    #expect(first?.data == "first")
                    await transport.pulled(.pause)
                    let other = try #require(URL(string: "https://feed.test/other"))
                    for try await event in EventStream(
                        url: other, configuration: self.configuration(nginx))
                    {
                        #expect(event.data == "one")
                        break
                    }
                    var rest = 0
                    while let event = try await events.next() {
                        if event.data == text { rest += 1 }
                    }
                    #expect(rest == 256)
                }
            }

            @Test(arguments: [true, false])
            func aRedirectToHTTPIsRefused(isHTTP2: Bool) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script(
                        "/feed", [.redirect(307, to: "http://feed.test/plain")])
                    let nginx = try await Nginx(before: server.port, isHTTP2: isHTTP2)
                    var configuration = configuration(nginx)
                    configuration.headers = ["Authorization": "Bearer x"]
                    let stream = EventStream(url: url, configuration: configuration)
                    let (error, _) = try await stream.failure()
                    #expect(error.code == .badRedirect)
                    #expect(error.message.contains("https"))
                    #expect(server.journal.map(\.request.path) == ["/feed"])
                }
            }

            @Test func anUnknownAuthorityIsAFailure() async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let nginx = try await Nginx(before: server.port, isHTTP2: true)
                    let other = try await Nginx(before: server.port, isHTTP2: true)
                    let stream = EventStream(
                        url: url,
                        configuration: configuration(nginx, authorities: other.authorities))
                    let (error, _) = try await stream.failure()
                    let cause = try #require(error.underlying as? LibcurlError)
                    #expect(cause.code == 60)
                    #expect(cause.message.contains("self-signed certificate"))
                    #expect(server.journal.isEmpty)
                }
            }

            @Test func anotherNameIsAFailure() async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let nginx = try await Nginx(before: server.port, isHTTP2: true)
                    let stream = EventStream(
                        url: try #require(URL(string: "https://other.test/feed")),
                        configuration: configuration(nginx))
                    let (error, _) = try await stream.failure()
                    let cause = try #require(error.underlying as? LibcurlError)
                    #expect(cause.code == 60)
                    #expect(cause.message.contains("other.test"))
                    #expect(server.journal.isEmpty)
                }
            }
        }
    }
#endif
