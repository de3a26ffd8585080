import Testing

@testable import MockServer

@Suite("Channel: who writes to a subscriber", .timeLimit(.minutes(1)))
struct SubscriberTests {
    /// Has a client receive a text from a subscriber, and leave.
    private func receive(
        _ text: String, _ serve: @escaping @Sendable (Connection, Subscriber) async -> Void
    ) async throws {
        try await MockEventServer.run { server in
            server.handle("/") { connection in
                try await connection.begin(headers: [:])
                await serve(connection, Subscriber(connection, limit: 1 << 20))
            }
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: text).contains(text))
            await client.close()
        }
    }

    @Test("A task that begins while a sender queues leaves the writing to the sender")
    func taskBeginsLate() async throws {
        let isWritten = Promise<Bool>()
        try await receive("one") { connection, subscriber in
            let executor = HeldExecutor()
            // If the task wants to write, it has to wait for this turn, and is given it next.
            let hasTurn = connection.turn.acquireNow()
            subscriber.add(Broadcast(.event("one"), sequence: 1))
            let task = Task(executorPreference: executor) { await subscriber.run() }
            await executor.runAll()
            connection.turn.release()
            isWritten.keep(hasTurn && subscriber.flush(through: 1))
            executor.letGo()
            subscriber.end()
            await task.value
        }
        #expect(try await isWritten.value())
    }

    @Test("A task that begins with a replay writes it without a sender")
    func replay() async throws {
        try await receive("missed") { _, subscriber in
            subscriber.replay([Broadcast(.event("missed"), sequence: 1)])
            // Until the client leaves.
            await subscriber.run()
        }
    }
}
