#if os(Linux)
    import Foundation
    import MockServer
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// What a proxy does to a stream: a real nginx, with buffers and without, before a server that
        /// comes and goes.
        @Suite(.enabled(if: Nginx.isInstalled, "nginx not installed"))
        struct NginxProxyTests {
            /// Who turns the buffers of the proxy off.
            enum Unbuffered: CaseIterable {
                case byTheProxy
                case byTheServer

                var headers: Headers {
                    // An empty value is none to nginx.
                    ["X-Accel-Buffering": self == .byTheServer ? "no" : ""]
                }
            }

            private func stream(through nginx: Nginx) throws -> EventStream {
                var configuration = EventStream.Configuration.test(
                    .libcurl(certificateAuthorities: nginx.authorities, unixSocket: nginx.socket))
                configuration.reconnection?.retryableStatuses = [502]
                return EventStream(
                    url: try .test("https://feed.test/feed"), configuration: configuration)
            }

            @Test(arguments: Unbuffered.allCases, [true, false])
            func eventsArriveOneByOne(_ unbuffered: Unbuffered, isHTTP2: Bool) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let steps: [Step] = (1...4).flatMap {
                        [.event("\($0)", id: "\($0)"), .gate("after \($0)")]
                    }
                    server.script(
                        "/feed",
                        [.stream(steps + [.end], headers: unbuffered.headers), .status(204)])
                    let nginx = try await Nginx(
                        before: server.port, isHTTP2: isHTTP2,
                        isBuffering: unbuffered == .byTheServer)
                    var events = try stream(through: nginx).makeAsyncIterator()
                    for number in 1...4 {
                        #expect(try await events.next()?.data == "\(number)")
                        server.openGate("after \(number)")
                    }
                    #expect(try await events.next() == nil)
                }
            }

            /// When events come through buffers is up to the proxy; that they all do is not.
            @Test(arguments: [true, false])
            func buffersLoseNothing(isHTTP2: Bool) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    let headers: Headers = ["X-Accel-Buffering": ""]
                    let text = String(repeating: "x", count: 1000)
                    func events(_ numbers: ClosedRange<Int>) -> [Step] {
                        numbers.map { .event("\($0) \(text)", id: "\($0)") }
                    }
                    let cut = Step.event("cut", id: "cut").cut(afterBytes: 9)
                    server.script(
                        "/feed",
                        [
                            .stream(events(1...200) + [cut, .drop(.reset)], headers: headers),
                            .stream(events(201...400) + [cut, .drop(.fin)], headers: headers),
                            .stream(events(401...402) + [.end], headers: headers), .status(204),
                        ])
                    let nginx = try await Nginx(
                        before: server.port, isHTTP2: isHTTP2, isBuffering: true)
                    let all = try await stream(through: nginx).all()
                    #expect(all.map(\.data) == (1...402).map { "\($0) \(text)" })
                    #expect(
                        server.journal.map(\.request.lastEventID) == [nil, "200", "400", "402"])
                }
            }

            @Test(arguments: [true, false], [true, false])
            func aServerThatDiesAndComesBackLosesNothing(
                isHTTP2: Bool, isBuffering: Bool
            ) async throws {
                let first = try MockEventServer(waitLimit: .seconds(30))
                first.script(
                    "/feed",
                    [
                        .stream([
                            .event("1", id: "1"), .event("2", id: "2"),
                            .event("3", id: "3").cut(afterBytes: 9), .drop(.reset),
                        ])
                    ])
                let nginx = try await Nginx(
                    before: first.port, isHTTP2: isHTTP2, isBuffering: isBuffering)
                var updates = try stream(through: nginx).updates.makeAsyncIterator()
                var second: MockEventServer?
                var lines: [String] = []
                while let update = try await updates.next() {
                    lines.append(update.line)
                    guard case .disconnected(let disconnect) = update else { continue }
                    switch disconnect.reason.response?.status {
                    case 502 where second == nil:
                        let server = try MockEventServer(port: first.port, waitLimit: .seconds(30))
                        server.script(
                            "/feed", [.stream([.event("3", id: "3"), .end]), .status(204)])
                        second = server
                    case nil where second == nil: await first.stop()
                    default: break
                    }
                }
                let server = try #require(second)
                #expect(
                    lines == [
                        "connecting 1", "open 200", "event 1", "event 2",
                        "disconnected connectionFailed 3.0", "connecting 1",
                        "disconnected refused 6.0", "connecting 2", "open 200", "event 3",
                        "disconnected connectionFailed 3.0", "connecting 1",
                    ])
                #expect(server.journal.map(\.request.lastEventID) == ["2", "3"])
                #expect(first.journal.count == 1)
                await server.stop()
            }
        }
    }
#endif
