import Foundation
import MockServer
import ServerSentEvents
import Testing

/// What `run` verifies on leaving, and where it runs.
@Suite(.timeLimit(.minutes(1)))
struct RunTests {
    private struct BodyError: Error, Equatable {}

    /// Runs a body that is expected to leave problems behind.
    private func failure(
        waitLimit: Duration = .milliseconds(20),
        _ body: (MockEventServer) async throws -> Void
    ) async -> MockServerError? {
        await #expect(throws: MockServerError.self) {
            try await MockEventServer.run(waitLimit: waitLimit, body)
        }
    }

    @Test func theResultIsHandedOver() async throws {
        #expect(try await MockEventServer.run { $0.port } > 0)
    }

    @Test func theBodysErrorIsNeverHidden() async throws {
        await #expect(throws: BodyError()) {
            try await MockEventServer.run { server in
                server.script("/", [.status(204)])
                throw BodyError()
            }
        }
    }

    @Test func unplayedRepliesAreReported() async throws {
        let error = await failure { $0.script("/", [.status(204), .stream([.hold])]) }
        #expect(error?.code == .unverified)
        #expect(error?.issues.map(\.kind) == [.unplayedReply, .unplayedReply])
        #expect(error?.issues.map(\.reply) == [1, 2])
        #expect(error?.fileID == "MockServerTests/RunTests.swift")
    }

    @Test func repeatLastNeedsNoRequest() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.status(204), .repeatLast])
            for number in 1...3 {
                let client = try await RawClient.get("/", from: server.port)
                #expect(await client.receive(until: "\r\n\r\n").contains("204"))
                #expect(try await server.connection(number, on: "/").number == number)
            }
        }
    }

    @Test func surpriseRequestsAreReported() async throws {
        let error = await failure(waitLimit: .seconds(5)) { server in
            server.script("/feed", [.status(204)])
            for path in ["/feed", "/feed", "/fed"] {
                let client = try await RawClient.get(
                    path, from: server.port, headers: ["Connection: close"])
                let (head, body, _) = await client.receiveAnswer()
                guard head.contains(" 501 ") else { continue }
                #expect(body.hasPrefix("MockEventServer: surprise: "))
            }
        }
        #expect(
            error?.issues.map(\.message) == [
                "request 2 for /feed: its only reply was played; add a reply, or .repeatLast",
                "GET /fed is not scripted; only /feed",
            ])
    }

    /// Asked again, it would be a test that hangs instead of one that says what it lacks.
    @Test func aSurpriseEndsAStream() async throws {
        let error = await #expect(throws: EventStreamError.self) {
            try await MockEventServer.run { server in
                server.script("/feed", [.stream([.retry(.milliseconds(1)), .event("one")])])
                var configuration = EventStream.Configuration()
                configuration.transport = server.transport
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                for try await update in stream.updates {
                    guard case .disconnected(let disconnect) = update else { continue }
                    try #require(disconnect.reason.code != .refused)
                }
            }
        }
        #expect(error?.response?.status == 501)
        #expect(error?.response?.text.contains("its only reply was played") == true)
    }

    @Test(arguments: [Step.gate("never"), .wait(.seconds(60))])
    func openConnectionsAreReported(step: Step) async throws {
        let client = try await connectedClient { server, client in
            server.script("/", [.stream([.event("one"), step])])
        } leaving: { error in
            #expect(error?.issues.map(\.kind) == [.openConnection])
            #expect(error?.description.contains("\(step)") == true)
        }
        await client?.close()
    }

    @Test(arguments: [Step.hold, .stall, .halfClose])
    func connectionsThatStayOpenOnPurposeAreFine(step: Step) async throws {
        let client = try await connectedClient { server, client in
            server.script("/", [.stream([.event("one"), step])])
        } leaving: { error in
            #expect(error == nil)
        }
        await client?.close()
    }

    /// Runs a server and leaves while a client is still connected.
    private func connectedClient(
        _ script: (MockEventServer, RawClient?) -> Void, leaving: (MockServerError?) -> Void
    ) async throws -> RawClient? {
        var client: RawClient?
        do {
            try await MockEventServer.run(waitLimit: .milliseconds(200)) { server in
                script(server, client)
                let connected = try await RawClient.get("/", from: server.port)
                #expect(await connected.receive(until: "one\n\n\r\n").contains("one"))
                client = connected
            }
            leaving(nil)
        } catch let error as MockServerError {
            leaving(error)
        }
        return client
    }

    @Test func aClientMayLeaveJustBeforeTheBody() async throws {
        for _ in 0..<20 {
            try await MockEventServer.run { server in
                server.script("/", [.stream([.event("one"), .gate("never")])])
                let client = try await RawClient.get("/", from: server.port)
                #expect(await client.receive(until: "one\n\n").contains("one"))
                await client.close()
            }
        }
    }

    // MARK: Isolation

    /// Not Sendable, on purpose.
    private final class Counter {
        var count = 0
    }

    @MainActor @Test func theBodyRunsOnTheMainActor() async throws {
        let counter = Counter()
        let same = try await MockEventServer.run { server in
            MainActor.assertIsolated()
            counter.count += server.port > 0 ? 1 : 0
            await Task.yield()
            MainActor.assertIsolated()
            return counter
        }
        #expect(same.count == 1)
    }

    private actor Home {
        private var ports: [Int] = []

        func visit() async throws -> Int {
            try await MockEventServer.run { server in
                assertIsolated()
                ports.append(server.port)
            }
            return ports.count
        }
    }

    @Test func theBodyRunsOnAnActor() async throws {
        #expect(try await Home().visit() == 1)
    }

    @Test func twoServersShareNothing() async throws {
        try await MockEventServer.run { one in
            try await MockEventServer.run { two in
                one.script("/", [.stream([.gate("go"), .event("one")])])
                two.script("/", [.stream([.gate("go"), .event("two"), .hold])])
                let first = try await RawClient.get("/", from: one.port)
                let second = try await RawClient.get("/", from: two.port)
                _ = try await two.connection(1, on: "/")
                one.openGate("go")
                #expect(await first.receive(until: "0\r\n\r\n").contains("one"))
                #expect(two.journal.first?.bytesSent == 0)
                two.openGate("go")
                #expect(await second.receive(until: "two").contains("two"))
            }
        }
    }

    /// What eight suites do side by side: the same paths, names and times, each with its own server.
    @Test func eightServersAtOnceDoNotDisturbEachOther() async throws {
        try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    for round in 0..<5 { try await Self.play("\(number).\(round)") }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func play(_ name: String) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            let room = server.channel("/room")
            server.script(
                "/feed",
                [
                    .stream([.event("first \(name)"), .drop(.reset)]),
                    .stream([.mark("here"), .gate("go"), .event("second \(name)"), .hold]),
                ])
            let subscriber = try await RawClient.get("/room", from: server.port)
            try await room.subscribers(atLeast: 1)
            let first = try await RawClient.get("/feed", from: server.port).receiveAll()
            #expect(first.end == .reset)
            let body = String(decoding: first.bytes, as: UTF8.self)
            #expect(chunks(split(body).body).chunks == ["data: first \(name)\n\n"])
            let second = try await RawClient.get("/feed", from: server.port)
            try await server.connection(2, on: "/feed").reached("here")
            #expect(room.send(.event("room \(name)")) == 1)
            server.openGate("go")
            #expect(await second.receive(until: "\n\n").contains("data: second \(name)\n"))
            #expect(await subscriber.receive(until: "\n\n").contains("data: room \(name)\n"))
            #expect(server.journal.count == 3)
            await second.close()
            await subscriber.close()
        }
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        try await MockEventServer.run { server in
            let error = #expect(throws: MockServerError.self) {
                try MockEventServer(port: server.port)
            }
            #expect(error?.code == .system)
            #expect(
                error?.description
                    == "MockEventServer: bind failed: Address already in use. "
                    + "Port \(server.port) was asked for.")
        }
    }

    @Test func theURLIsNumeric() async throws {
        try await MockEventServer.run { server in
            #expect(server.baseURL.absoluteString == "http://127.0.0.1:\(server.port)")
            #expect(
                server.url("/a?b=c").absoluteString == "http://127.0.0.1:\(server.port)/a?b=c")
        }
    }

    @Test(arguments: ["feed", "1", "?a=b"])
    func aMissingSlashIsAdded(path: String) async throws {
        try await MockEventServer.run { server in
            #expect(server.url(path) == server.url("/" + path))
        }
    }
}
