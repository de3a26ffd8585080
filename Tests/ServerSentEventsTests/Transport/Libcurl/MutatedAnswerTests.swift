#if os(Linux)
    import Foundation
    import MockServer
    import Testing

    @testable import ServerSentEvents

    /// Answers with a few bytes changed: whatever comes of them, the stream ends, and with it the
    /// connection.
    ///
    /// `SSE_MUTATIONS` says how many, 2,000 by default.
    @Suite struct MutatedAnswerTests {
        static let count =
            ProcessInfo.processInfo.environment["SSE_MUTATIONS"].flatMap { Int($0) } ?? 2000

        @Test(.timeLimit(.minutes(30)))
        func everyOneEnds() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.handle("/feed") { connection in
                    let seed = connection.request.query.flatMap { UInt64($0) } ?? 0
                    let answer = MutatedAnswer(seed: seed)
                    // What the client refuses, it closes before all is sent.
                    try? await connection.respond(.bytes(answer.bytes, then: .drop(answer.drop)))
                }
                await withTaskGroup { group in
                    for lane in 0..<4 {
                        group.addTask {
                            for seed in stride(from: lane, to: Self.count, by: 4) {
                                await end(of: server.url("/feed?\(seed)"), seed: seed)
                            }
                        }
                    }
                }
            }
        }

        private func end(of url: URL, seed: Int) async {
            var configuration = EventStream.Configuration.test(.libcurl)
            configuration.reconnection = .never
            // A mutated `Location` could name any host.
            configuration.limits.redirects = 0
            // The server closes every connection, so that only a hang can take so long.
            configuration.clock = ContinuousClock()
            configuration.timeouts.open = .seconds(60)
            configuration.timeouts.idle = .seconds(60)
            do throws(EventStreamError) {
                for try await _ in EventStream(url: url, configuration: configuration) {}
            } catch {
                #expect(error.code != .timedOut, "seed \(seed)")
                if error.code == .connectionFailed {
                    #expect(error.underlying is LibcurlError, "seed \(seed)")
                }
            }
        }
    }
#endif
