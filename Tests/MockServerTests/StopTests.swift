import Foundation
import Testing

@testable import MockServer

/// Stopping is bounded, whatever goes on.
@Suite(.timeLimit(.minutes(1)))
struct StopTests {
    @Test(arguments: ConnectionTests.standing + [.halfClose, .padding(16 << 20)])
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
        try await expectRefusal { await $0.stop() }
    }

    @Test func stoppingTwiceIsStoppingOnce() async throws {
        let server = try MockEventServer()
        async let first: Void = server.stop()
        async let second: Void = server.stop()
        _ = await (first, second)
        await server.stop()
    }

    @Test func aServerComesBackOnItsPort() async throws {
        let first = try MockEventServer()
        first.script("/", [.stream([.event("one"), .drop(.fin)])])
        let client = try await RawClient.get("/", from: first.port)
        // The server's side closes first, and lingers.
        #expect(await client.receiveAll().end == .fin)
        await client.close()
        await first.stop()
        try await MockEventServer(port: first.port).stop()
    }

    @Test func aRequestThatComesMeanwhileIsEnded() async throws {
        let server = try MockEventServer()
        let core = server.core
        // The request is registered, and its session does not know of it yet.
        server.observe { _, change in
            if case .came = change { core.beginStopping() }
        }
        server.script("/", [.stream([.hold])])
        let client = try await RawClient.get("/", from: server.port)
        #expect(await client.receiveAll().end != .stillOpen)
        await server.stop()
        #expect(server.journal.map(\.ending?.cause) == [.stopped])
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
        try await expectRefusal { server in
            await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                await server.stop()
            }.value
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

    /// Expects that nobody listens at the port of a server that was stopped.
    ///
    /// Tests that run meanwhile may be given the same port: it is taken first, or another is tried.
    private func expectRefusal(after stop: (MockEventServer) async -> Void) async throws {
        var claim: PortClaim?
        for _ in 0..<20 where claim == nil {
            let server = try MockEventServer()
            await stop(server)
            claim = PortClaim(server.port)
        }
        let port = try #require(claim, "the ports of stopped servers stay in use")
        await #expect(throws: RawClient.ConnectFailure(code: ECONNREFUSED)) {
            try await RawClient.connect(to: port.number)
        }
        withExtendedLifetime(port) {}
    }
}
