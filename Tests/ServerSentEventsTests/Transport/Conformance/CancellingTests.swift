import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Cancelling where no event can have come yet, besides the points of `ClosingTests`.
    @Suite struct CancellingTests {
        #if os(Linux)
            @Test(arguments: TestedTransport.allCases)
            func whileConnecting(_ tested: TestedTransport) async throws {
                let listener = try RawListener(.crowded)
                let stream = EventStream(
                    url: listener.url, configuration: tested.configuration)
                let (connecting, connects) = AsyncStream.makeStream(of: Void.self)
                let task = Task {
                    for try await update in stream.updates {
                        if case .connecting = update { connects.yield() }
                    }
                }
                for await _ in connecting { break }
                task.cancel()
                try await task.value
            }
        #endif

        /// URLSession on Linux tells of a redirect only when it has read its body.
        @Test(arguments: TestedTransport.allCases.filter(\.tellsRedirectsAtOnce))
        func inTheBodyOfARedirect(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .bytes(
                            steps: [
                                .raw(
                                    "HTTP/1.1 307 X\r\nLocation: /new\r\nContent-Length: 9\r\n\r\nno"
                                ), .stall,
                            ])
                    ])
                server.script("/new", [.bytes(steps: [.mark("here"), .stall])])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                let task = Task { try await stream.all() }
                let next = try await server.connection(1, on: "/new")
                try await next.reached("here")
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
                task.cancel()
                #expect(try await task.value.isEmpty)
                #expect(try await next.ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func afterARedirect(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.redirect(307, to: "/new")])
                server.script("/new", [.bytes(steps: [.mark("here"), .stall])])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                let task = Task { try await stream.all() }
                let next = try await server.connection(1, on: "/new")
                try await next.reached("here")
                task.cancel()
                #expect(try await task.value.isEmpty)
                #expect(try await next.ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func insideTheHead(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [.bytes(steps: [.raw("HTTP/1.1 200 OK\r\nConte"), .mark("here"), .stall])])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                let task = Task { try await stream.all() }
                let connection = try await server.connection(1, on: "/feed")
                try await connection.reached("here")
                task.cancel()
                #expect(try await task.value.isEmpty)
                #expect(try await connection.ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func inTheBodyOfARefusal(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [.bytes(steps: [.raw("HTTP/1.1 404 No\r\n\r\nno"), .mark("here"), .stall])])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                let task = Task { try await stream.all() }
                let connection = try await server.connection(1, on: "/feed")
                try await connection.reached("here")
                task.cancel()
                #expect(try await task.value.isEmpty)
                #expect(try await connection.ended().by == .client)
            }
        }
    }
}
