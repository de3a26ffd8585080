#if os(Linux)
    import Foundation
    import MockServer
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// What another program gets that this process starts.
        @Suite struct InheritanceTests {
            @Test func aConnectionIsNotHandedDown() async throws {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script("/feed", [.stream([.event("one"), .hold])])
                    let stream = EventStream(
                        url: server.url("/feed"), configuration: .test(.libcurl))
                    for try await _ in stream {
                        let sockets = try Network.clients(of: server.port)
                        #expect(sockets.count == 1)
                        for socket in sockets {
                            #expect(fcntl(socket, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
                        }
                        break
                    }
                }
            }
        }
    }
#endif
