import Testing

@testable import MockServer

@Suite("Channel: who writes to a subscriber", .timeLimit(.minutes(1)))
struct SubscriberTests {
    @Test("A task that begins while a sender queues leaves the writing to the sender")
    func taskBeginsLate() async throws {
        try await MockEventServer.run { server in
            server.handle("/") { connection in
                try await connection.begin(headers: [:])
                let subscriber = Subscriber(connection, limit: 1 << 20)
                let executor = HeldExecutor()
                // If the task wants to write, it has to wait for this turn, and is given it next.
                #expect(connection.turn.acquireNow())
                subscriber.add(Broadcast(.event("one"), sequence: 1))
                let task = Task(executorPreference: executor) { await subscriber.run() }
                await executor.runAll()
                connection.turn.release()
                #expect(subscriber.flush(through: 1))
                executor.letGo()
                subscriber.end()
                await task.value
            }
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "one").contains("one"))
        }
    }

    @Test("A task that begins with a replay writes it without a sender")
    func replay() async throws {
        try await MockEventServer.run { server in
            server.handle("/") { connection in
                try await connection.begin(headers: [:])
                let subscriber = Subscriber(connection, limit: 1 << 20)
                subscriber.replay([Broadcast(.event("missed"), sequence: 1)])
                // Until the client leaves.
                await subscriber.run()
            }
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "missed").contains("missed"))
            await client.close()
        }
    }
}
