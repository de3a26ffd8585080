#if os(Linux)
    import MockServer
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// Answers that URLSession on Linux refuses or does not survive.
        @Suite struct HostileAnswerTests {
            private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"

            private func stream(
                from server: MockEventServer, _ answer: Reply
            ) -> EventStream {
                server.script("/feed", [answer])
                var configuration = EventStream.Configuration.test(.libcurl)
                configuration.reconnection = .never
                return EventStream(url: server.url("/feed"), configuration: configuration)
            }

            @Test(arguments: [
                "0\r\nX-Trailer: 1\r\n\r\n", "0\r\nContent-Length: 5\r\nX: é\r\n\r\n",
            ])
            func trailersAreIgnored(end: String) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let stream = stream(
                        from: server,
                        .bytes(
                            Self.head
                                + "Trailer: X-Trailer\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "b\r\ndata: one\n\n\r\n" + end))
                    var lines: [String] = []
                    for try await update in stream.updates { lines.append(update.line) }
                    #expect(lines == ["connecting 1", "open 200", "event one"])
                }
            }

            @Test(arguments: [
                "0\r\nX-Trailer: 1\r\n", "0\r\nX-Tr", "0\r\n", "0", "5\r\ndata", "zz\r\n",
                "ffffffffffffffffff\r\n", "-1\r\n", "5 data:", "0\r\nHTTP/1.1 500 X\r\n\r\n",
            ])
            func aBrokenChunkIsAFailure(end: String) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let stream = stream(
                        from: server,
                        .bytes(
                            Self.head + "Transfer-Encoding: chunked\r\n\r\n"
                                + "b\r\ndata: one\n\n\r\n" + end))
                    let (error, events) = try await stream.failure()
                    #expect(error.code == .connectionFailed)
                    #expect(error.underlying is LibcurlError)
                    #expect(events.map(\.data) == ["one"])
                }
            }

            /// Every place inside the head at which a connection can end, either way.
            @Test(arguments: [Step.Drop.fin, .reset])
            func anEndInsideTheHeadIsAFailure(_ drop: Step.Drop) async throws {
                let head = Array((Self.head + "X: y\r\n\r\n").utf8)
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    for count in 0..<head.count {
                        let stream = stream(
                            from: server,
                            .bytes(
                                steps: (count > 0 ? [.raw(Array(head[..<count]))] : [])
                                    + [.drop(drop)]))
                        let (error, _) = try await stream.failure()
                        #expect(error.code == .connectionFailed, "after \(count) bytes")
                        #expect(error.underlying is LibcurlError, "after \(count) bytes")
                    }
                }
            }

            @Test(arguments: [
                "HTTP/1.1 200\r\nContent-Type:text/event-stream\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\n",
                "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;\r\n\tcharset=utf-8\r\n\r\n",
                "HTTP/1.1 200 \u{7}\r\nContent-Type:\ttext/event-stream\t\r\n\r\n",
            ])
            func aSloppyHeadIsRead(head: String) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let stream = stream(from: server, .bytes(head + "data: one\n\n"))
                    let events = try await stream.all()
                    #expect(events.map(\.data) == ["one"])
                }
            }

            @Test func bytesThatAreNoUTF8AreLatin1() async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let bytes =
                        Array((Self.head + "X-Name: M").utf8) + [0xFC] + Array("l\r\n\r\n".utf8)
                    var updates = stream(from: server, .bytes(bytes)).updates.makeAsyncIterator()
                    _ = try await updates.next()
                    guard case .open(let head) = try await updates.next() else {
                        return #expect(Bool(false), "the stream did not open")
                    }
                    #expect(head.headers["X-Name"] == "Mül")
                }
            }

            /// Of head, of informational answers and of trailers, there may be 256 KiB in all.
            @Test(arguments: [
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 103 Early\r\n\r\n",
                head + "Transfer-Encoding: chunked\r\n\r\n0\r\n",
            ])
            func anEndlessHeadIsAFailure(start: String) async throws {
                let isInformational = start.hasPrefix("HTTP/1.1 103")
                let step = Step.raw(
                    isInformational ? start : "X: \(String(repeating: "y", count: 1000))\r\n")
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let stream = stream(
                        from: server,
                        .bytes(steps: [.raw(start), step.repeated(100_000), .hold]))
                    let (error, _) = try await stream.failure()
                    #expect(error.code == .connectionFailed)
                    #expect(error.underlying is LibcurlError)
                    #expect(try await server.connection(1, on: "/feed").ended().by == .client)
                }
            }

            @Test(arguments: [
                "data: one\n\n", "\0\0\0", "HTTP/9 200 OK\r\n\r\n", "ICY 200 OK\r\n\r\n",
                head + "no colon\r\n\r\n",
            ])
            func whatIsNotHTTPIsAFailure(text: String) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let (error, _) = try await stream(from: server, .bytes(text)).failure()
                    #expect(error.code == .connectionFailed)
                    #expect(error.underlying is LibcurlError)
                }
            }

            /// A connection that was kept, and that the server closes meanwhile.
            @Test func aKeptConnectionThatIsClosedIsNoFailure() async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let kept = "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"
                    server.script(
                        "/feed",
                        (1...50).map { .bytes(kept, then: .drop($0 % 2 == 0 ? .fin : .reset)) }
                            + [.status(204)])
                    var configuration = EventStream.Configuration.test(.libcurl)
                    configuration.reconnection?.maximumAttemptsBeforeOpen = nil
                    let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                    var reasons: [EventStreamError.Code] = []
                    for try await update in stream.updates {
                        if case .disconnected(let disconnect) = update {
                            reasons.append(disconnect.reason.code)
                        }
                    }
                    #expect(reasons == Array(repeating: .refused, count: 50))
                }
            }
        }
    }
#endif
