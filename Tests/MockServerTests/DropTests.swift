import Locking
import Testing

@testable import MockServer
@testable import ServerSentEvents

/// Drops come after all that was written before them, whatever the client does.
@Suite(.timeLimit(.minutes(1)))
struct DropTests {
    @Test func aResetComesAfterAllQueuedBytes() async throws {
        try await MockEventServer.run { server in
            let count = 4 << 20
            server.script(
                "/", [.stream([.raw(Array(repeating: 0x78, count: count)), .drop(.reset)])])
            let client = try await RawClient.get("/", from: server.port)
            let (bytes, end) = await client.receiveAll()
            #expect(bytes.count { $0 == 0x78 } == count + 1)  // one more in "text"
            #expect(end == .reset)
        }
    }

    @Test func aResetComesAfterManySmallSteps() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("x").repeated(500), .drop(.reset)])])
            let client = try await RawClient.get("/", from: server.port)
            let (_, body, end) = await client.receiveAnswer()
            #expect(chunks(body).chunks.count == 500)
            #expect(end == .reset)
        }
    }

    @Test func aResetThatIsNeverReadIsAnIssue() async throws {
        let server = try MockEventServer(waitLimit: .milliseconds(50))
        server.script("/", [.stream([.padding(100_000), .drop(.reset)])])
        // Small enough that most of it stays with the server.
        let client = try await RawClient.connect(to: server.port, receiveBuffer: 4_096)
        try await client.send(RawClient.request("/"))
        let connection = try await server.connection(1, on: "/", within: .seconds(5))
        let ending = try await connection.ended(within: .seconds(5))
        #expect((ending.by, ending.cause) == (.server, .reset))
        #expect(server.issues.map(\.kind) == [.undelivered])
        await client.close()
        await server.stop()
    }

    @Test func aFinStaysAFinWithUnreadRequestBytes() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .gate("sent"), .drop(.fin)])])
            let client = try await RawClient.get("/", from: server.port)
            _ = await client.receive(until: "one")
            try await client.send(Array(repeating: 0x78, count: 100_000))
            server.openGate("sent")
            // Bytes on their way when the server drops must not turn its FIN into a reset.
            try await client.send("more")
            #expect(await client.receiveAll().end == .fin)
        }
    }

    @Test func aFinIsNotedWhenTheClientClosesToo() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .drop(.fin)])])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receiveAll().end == .fin)
            let connection = try await server.connection(1, on: "/")
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, .fin))
            #expect((ending.bytesSent, ending.step) == (11, 2))
        }
    }

    @Test(arguments: [Step.Drop.fin, .reset])
    func aTestCanDropAtAnyTime(how: Step.Drop) async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .mark("sent"), .gate("never")])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.reached("sent")
            await connection.drop(how)
            let (_, body, end) = await client.receiveAnswer()
            #expect(body == "b\r\ndata: one\n\n\r\n")
            #expect(end == (how == .fin ? .fin : .reset))
            #expect(try await connection.ended().step == 3)
            await connection.drop(how)
        }
    }

    @Test(arguments: [Step.Drop.fin, .reset])
    func aDropDoesNotWaitForADribble(how: Step.Drop) async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            let dribble = Step.event("one").dribbled(4, every: .seconds(60))
            server.script("/", [.stream([dribble])])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "4\r\ndata\r\n").contains("data"))
            // Only then has the server counted what it sent.
            try await clock.sleepers(1)
            let connection = try await server.connection(1, on: "/")
            await connection.drop(how)
            let (bytes, end) = await client.receiveAll()
            #expect(bytes == [])
            #expect(end == (how == .fin ? .fin : .reset))
            let ending = try await connection.ended()
            #expect((ending.by, ending.bytesSent) == (.server, 4))
        }
    }

    @Test func aDropDoesNotWaitForAClientThatDoesNotRead() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.mark("begun"), .padding(16 << 20)])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.reached("begun")
            await connection.drop(.fin)
            #expect(await client.receiveAll().end == .fin)
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, .fin))
        }
    }

    @Test func aResetEndsTheStepThatIsBeingWritten() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.padding(16 << 20), .hold])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            let socket = try #require(connection.wire as? Socket)
            try await until { socket.state.withLock { $0.writable != nil } }
            let dropping = Task { await connection.drop(.reset) }
            try await until { socket.state.withLock { $0.isBeingReset } }
            // There will be room, as all this has to reach the client.
            let count = connection.journalEntry.bytesSent
            #expect(await client.receiveAll().end == .reset)
            await dropping.value
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, .reset))
            #expect(ending.bytesSent == count)
        }
    }

    @Test(arguments: Step.Drop.allCases, [false, true])
    func aDropEndsAWholeAnswerThatIsNotRead(how: Step.Drop, isScripted: Bool) async throws {
        let server = try MockEventServer(waitLimit: .milliseconds(50))
        let count = 16 << 20
        let reply = Reply.status(200, body: String(repeating: "x", count: count))
        if isScripted {
            server.script("/", [reply])
        } else {
            server.handle("/") { try await $0.respond(reply) }
        }
        let client = try await RawClient.get("/", from: server.port)
        let connection = try await server.connection(1, on: "/", within: .seconds(5))
        // The answer has begun, and blocks as long as nobody reads on.
        #expect(await client.receive(until: "\r\n\r\n").contains("200"))
        await connection.drop(how)
        let ending = try await connection.ended(within: .seconds(5))
        #expect((ending.by, ending.cause) == (.server, how == .fin ? .fin : .reset))
        #expect(ending.bytesSent < count)
        #expect(await client.receiveAll().end == (how == .fin ? .fin : .reset))
        await server.stop()
    }

    @Test func aCancelledResetIsAReset() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.padding(100_000), .mark("sent"), .hold])])
            // Small enough that most of it stays with the server.
            let client = try await RawClient.connect(to: server.port, receiveBuffer: 4_096)
            try await client.send(RawClient.request("/"))
            let connection = try await server.connection(1, on: "/")
            try await connection.reached("sent")
            let dropping = Task { await connection.drop(.reset) }
            dropping.cancel()
            await dropping.value
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, .reset))
            #expect(await client.receiveAll().end == .reset)
        }
    }

    /// Whoever writes the end knows whether all of it was taken.
    @Test(arguments: [true, false])
    func aDropDuringTheLastWriteCountsUnlessThatIsOut(isOut: Bool) async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .end])])
            let answered = Protected<MockServer.Connection?>(nil)
            let begun = Protected<[ConnectionState.Conclusion?]>([])
            let wire = HookedWire { bytes in
                guard bytes.elementsEqual("0\r\n\r\n".utf8),
                    let connection = answered.withLock({ $0 })
                else { return .took(bytes.count) }
                let conclusion = connection.state.withLock { $0.beginDropping(.fin) }
                begun.withLock { $0.append(conclusion) }
                return isOut ? .took(bytes.count) : .gone
            }
            let (connection, answer) = server.core.register(.get("/"), wire: wire)
            answered.withLock { $0 = connection }
            await server.core.answer(connection, with: answer)
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, isOut ? .complete : .fin))
            #expect(begun.withLock { $0 } == [.byCompleter])
            answered.withLock { $0 = nil }
        }
    }

    @Test func anEndAfterAHalfCloseIsTheServers() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .gate("end"), .end])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            let closing = Task { try await connection.send(.halfClose) }
            #expect(await client.receiveAll().end == .fin)
            server.openGate("end")
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, .fin))
            _ = await closing.result
            await client.close()
        }
    }

    @Test func aDropDoesNotWaitForEverForTheHead() async throws {
        try await MockEventServer.run(waitLimit: .milliseconds(50)) { server in
            server.script("/", [.stream([.hold])])
            let channel = ResponseChannel(
                limits: .init(high: 100, low: 10, maximum: 1_000),
                time: TimeSource(ContinuousClock()))
            let wire = MemoryWire(method: "GET", channel: channel)
            wire.pause()
            let (connection, answer) = server.core.register(.get("/"), wire: wire)
            let answering = Task { await server.core.answer(connection, with: answer) }
            await connection.drop(.reset)
            let ending = try await connection.ended(within: .seconds(5))
            #expect((ending.by, ending.cause) == (.server, .reset))
            await answering.value
        }
    }

    @Test func aCancelledSendDropsTheConnection() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.hold])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            let count = 16 << 20
            let large = Task { try await connection.send(.padding(count)) }
            // The chunk has begun, and blocks as long as nobody reads on.
            let size = "\r\n\r\n\(String(count, radix: 16))\r\n"
            #expect(await client.receive(until: size).contains(size))
            large.cancel()
            await #expect(throws: CancellationError.self) { try await large.value }
            let sent = await code { try await connection.send([.event("two"), .end]) }
            #expect(sent == .connectionEnded)
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, .fin))
            let (bytes, end) = await client.receiveAll()
            #expect(end == .fin)
            #expect(!String(decoding: bytes.suffix(100), as: UTF8.self).contains("two"))
            #expect(!bytes.suffix(5).elementsEqual("0\r\n\r\n".utf8))
        }
    }

    @Test func nothingIsSentAfterAHalfClose() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .halfClose])])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receiveAll().end == .fin)
            let connection = try await server.connection(1, on: "/")
            let sent = await code { try await connection.send(.event("two")) }
            #expect(sent == .connectionEnded)
            #expect(connection.journalEntry.ending == nil)
            await client.close()
            #expect(try await connection.ended().by == .client)
        }
    }

    @Test func aHalfCloseComesAfterTheStepThatIsBeingWritten() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            server.handle("/") { connection in
                try await connection.send(.raw("ab").dribbled(1, every: .seconds(1)))
                try await connection.send(.hold)
            }
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await clock.sleepers(1)
            let executor = HeldExecutor()
            let closing = Task(executorPreference: executor) {
                try await connection.send(.halfClose)
            }
            await executor.runAll()
            clock.advanceToNextSleeper()
            executor.letGo()
            let (_, body, end) = await client.receiveAnswer()
            #expect(chunks(body).chunks == ["a", "b"])
            #expect(end == .fin)
            await client.close()
            try await closing.value
        }
    }

    @Test func aDropRightAfterTheRequestComesAfterTheHead() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.gate("never")])])
            let client = try await RawClient.get("/", from: server.port)
            try await server.connection(1, on: "/").drop(.reset)
            let (head, body, end) = await client.receiveAnswer()
            #expect(head.hasPrefix("HTTP/1.1 200 OK"))
            #expect(body == "")
            #expect(end == .reset)
        }
    }
}
