import Testing

@testable import MockServer

/// A connection falls silent and goes on, whatever its script does.
@Suite(.timeLimit(.minutes(1)))
struct StallTests {
    @Test func nothingIsWrittenUntilItGoesOn() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/",
                [
                    .stream([
                        .event("one"), .gate("on"), .mark("passed"), .event("two"), .mark("wrote"),
                    ])
                ])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
            try await connection.stall()
            try await connection.stall()
            #expect(connection.isStalled)
            // Whoever writes needs the turn, and the stall has it.
            #expect(!connection.turn.acquireNow())
            server.openGate("on")
            try await connection.reached("passed")
            #expect(connection.journalEntry.bytesSent == 11)
            connection.resume()
            try await connection.reached("wrote")
            #expect(!connection.isStalled)
            #expect(await client.receive(until: "0\r\n\r\n").contains("two"))
            await client.close()
        }
    }

    @Test func whatIsSentWaits() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.hold])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.stall()
            async let sent: Void = connection.send(.event("late"))
            connection.resume()
            try await sent
            #expect(await client.receive(until: "late").contains("late"))
            await client.close()
        }
    }

    @Test(arguments: Step.Drop.allCases)
    func aDropEndsItAllTheSame(how: Step.Drop) async throws {
        try await MockEventServer.run { server in
            server.handle("/") { connection in
                try await connection.send(.event("one"))
                try await connection.stall()
                // Waits for its turn until the drop.
                try await connection.send(.event("never"))
            }
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
            await connection.drop(how)
            #expect(try await connection.ended().by == .server)
            #expect(!connection.isStalled)
            #expect(
                !String(decoding: await client.receiveAll().bytes, as: UTF8.self)
                    .contains("never"))
            // Nothing stands there any more.
            try await connection.stall()
            #expect(!connection.isStalled)
        }
    }

    @Test func aScriptBeginsFirst() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.hold])])
            let (connection, answer) = server.core.register(
                .get("/"), wire: HookedWire { .took($0.count) })
            let executor = HeldExecutor()
            let stalling = Task(executorPreference: executor) { try await connection.stall() }
            await executor.runAll()
            let answering = Task { await server.core.answer(connection, with: answer) }
            executor.letGo()
            try await stalling.value
            #expect(connection.isStalled)
            #expect(connection.journalEntry.status == 200)
            await connection.drop(.fin)
            #expect(try await connection.ended().by == .server)
            await answering.value
        }
    }

    @Test func aClientThatLeavesEndsIt() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .hold])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
            try await connection.stall()
            await client.close()
            #expect(try await connection.ended().by == .client)
            #expect(!connection.isStalled)
        }
    }

    @Test func goingOnBeforeItStoodIsNoStall() async throws {
        try await MockEventServer.run { server in
            server.script(
                "/",
                [
                    .stream([
                        .mark("begun"), .padding(2).dribbled(1, every: .seconds(60)), .event("x"),
                    ])
                ])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.reached("begun")
            #expect(await client.receive(until: "\r\n\r\n1\r\n").contains("200"))
            // The step that is being written goes first.
            let stalling = Task { try await connection.stall() }
            stalling.cancel()
            await #expect(throws: CancellationError.self) { try await stalling.value }
            connection.resume()
            #expect(!connection.isStalled)
            await client.close()
        }
    }
}
