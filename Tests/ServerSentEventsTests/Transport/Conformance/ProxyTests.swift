#if os(Linux)
    import Foundation
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// What a proxy answers that is asked for a tunnel to an https server.
        ///
        /// In a process of its own: a transport learns of proxies from the environment.
        @Suite struct ProxyTests {
            /// The first answer of the proxy, and what the stream makes of it; the second one is 407.
            private static let answers: [(status: Int, code: EventStreamError.Code)] = [
                (502, .refused), (503, .refused),
                // A tunnel that is closed at once, in which a server has said nothing.
                (200, .connectionFailed), (204, .connectionFailed),
                // Whoever could redirect a tunnel could read it.
                (302, .connectionFailed),
            ]

            @Test(arguments: TestedTransport.overSockets)
            func onlyARefusalIsAnAnswer(_ tested: TestedTransport) async {
                await #expect(processExitsWith: .success) { [tested] in
                    // A process that hangs is ended by SIGALRM, and its test fails.
                    alarm(60)
                    do {
                        for answer in Self.answers {
                            try await Self.check(answer.status, is: answer.code, over: tested)
                        }
                    } catch {
                        Issue.record(error)
                    }
                }
            }

            private static func check(
                _ status: Int, is code: EventStreamError.Code, over tested: TestedTransport
            ) async throws {
                let proxy = try RawListener(.loopback)
                setenv("https_proxy", proxy.url.absoluteString, 1)
                setenv("no_proxy", "", 1)
                async let served = [
                    proxy.serve(answer(status)), proxy.serve(answer(407)),
                ]
                let stream = EventStream(
                    url: try .test("https://feed.invalid/feed"), configuration: tested.configuration
                )
                var lines: [String] = []
                do throws(EventStreamError) {
                    for try await update in stream.updates {
                        lines.append(update.line)
                        if lines.count > 3 { break }
                    }
                } catch {
                    #expect(error.code == .refused, "after \(status)")
                    #expect(error.response?.status == 407, "after \(status)")
                }
                #expect(
                    lines == ["connecting 1", "disconnected \(code) 3.0", "connecting 2"],
                    "after \(status)")
                for request in try await served {
                    #expect(request.hasPrefix("CONNECT feed.invalid:443 HTTP/1.1\r\n"))
                }
            }

            private static func answer(_ status: Int) -> String {
                let location = status == 302 ? "Location: https://elsewhere.invalid/\r\n" : ""
                return "HTTP/1.1 \(status) Answer\r\n\(location)\r\n"
            }
        }
    }
#endif
