#if os(Linux)
    import Foundation
    import MockServer
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// What the transport asks of the system for each of its sockets.
        @Suite struct SocketOptionTests {
            /// Looks at the socket of an open stream.
            private func check(_ check: (Int32) -> Void) async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script("/feed", [.stream([.event("one"), .hold])])
                    let stream = EventStream(
                        url: server.url("/feed"), configuration: .test(.libcurl))
                    for try await _ in stream {
                        let sockets = try Network.clients(of: server.port)
                        #expect(sockets.count == 1)
                        sockets.forEach(check)
                        break
                    }
                }
            }

            /// A program that is started meanwhile would keep the connection.
            @Test func aConnectionIsNotHandedDown() async throws {
                try await check { socket in
                    #expect(fcntl(socket, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
                }
            }

            /// An address that does not answer must not use up the patience that the next one needs.
            @Test func anAddressIsNotAskedForTwoMinutes() async throws {
                try await check { socket in
                    var retries: Int32 = 0
                    var size = socklen_t(MemoryLayout.size(ofValue: retries))
                    let result = getsockopt(
                        socket, Int32(IPPROTO_TCP), TCP_SYNCNT, &retries, &size)
                    #expect(result == 0)
                    #expect(retries == 3)
                }
            }
        }
    }
#endif
