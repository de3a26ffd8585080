import MockServer
import Testing

/// Stopping is bounded, whatever goes on.
struct StopTests {
    @Test(arguments: ConnectionTests.standing + [.halfClose, .padding(64 << 20)])
    func stoppingEndsWhateverGoesOn(step: Step) async throws {
        let server = try MockEventServer()
        server.script("/", [.stream([.event("one"), step])])
        let client = try await RawClient.get("/", from: server.port)
        #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
        let connection = try await server.connection(1, on: "/")
        await server.stop()
        let ending = try #require(connection.journalEntry.ending)
        #expect((ending.by, ending.cause) == (.server, .stopped))
        #expect(await client.receiveAll().end != .stillOpen)
    }

    @Test func aHandlerThatIgnoresCancellationIsLeftBehind() async throws {
        let server = try MockEventServer()
        let (release, continuation) = AsyncStream.makeStream(of: Void.self)
        server.handle("/") { connection in
            try await connection.send(.event("one"))
            await Task { for await _ in release {} }.value
        }
        let client = try await RawClient.get("/", from: server.port)
        #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
        await server.stop()
        #expect(await client.receiveAll().end != .stillOpen)
        continuation.finish()
    }

    @Test func aConnectAfterwardsIsRefused() async throws {
        let server = try MockEventServer()
        let port = server.port
        await server.stop()
        await #expect(throws: RawClient.ConnectFailure.self) {
            try await RawClient.connect(to: port)
        }
    }

    @Test func stoppingTwiceIsStoppingOnce() async throws {
        let server = try MockEventServer()
        async let first: Void = server.stop()
        async let second: Void = server.stop()
        _ = await (first, second)
        await server.stop()
    }

    @Test func stoppingEndsWaits() async throws {
        let server = try MockEventServer(waitLimit: .seconds(60))
        let task = Task { await code { _ = try await server.connection(1, on: "/") } }
        await server.stop()
        #expect(await task.value == .stopped)
        #expect(await code { _ = try await server.connection(1, on: "/") } == .stopped)
    }

    @Test func waitsAreCancellable() async throws {
        let server = try MockEventServer(waitLimit: .seconds(60))
        let task = Task { try await server.connection(1, on: "/") }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await server.stop()
    }

    @Test func stoppingInACancelledTaskStops() async throws {
        let server = try MockEventServer()
        let port = server.port
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await server.stop()
        }.value
        await #expect(throws: RawClient.ConnectFailure.self) {
            try await RawClient.connect(to: port)
        }
    }

    @Test func aServerThatIsForgottenStops() async throws {
        var server: MockEventServer? = try MockEventServer()
        server?.script("/", [.stream([.event("one"), .hold])])
        let client = try await RawClient.get("/", from: server?.port ?? 0)
        #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
        server = nil
        #expect(await client.receiveAll().end != .stillOpen)
    }
}
