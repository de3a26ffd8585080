import Locking
import Testing

@testable import MockServer

/// Requests that are answered besides the scripts, and observers: what the command-line tool uses.
@Suite(.timeLimit(.minutes(1)))
struct AsideTests {
    @Test func whatIsAnsweredAsideCountsNowhere() async throws {
        try await MockEventServer.run { server in
            server.answerAside { request in
                guard request.path.hasPrefix("/aside/") else { return nil }
                return { connection in
                    if connection.path == "/aside/bad" { throw CancellationError() }
                    try await connection.respond(.status(200, body: "aside"))
                }
            }
            server.script("/feed", [.status(200, body: "scripted")])
            for path in ["/aside/a", "/aside/b"] {
                let client = try await RawClient.get(path, from: server.port)
                #expect(await client.receive(until: "aside").contains("200"))
                await client.close()
            }
            let failing = try await RawClient.get("/aside/bad", from: server.port)
            #expect(await failing.receiveAll().bytes.isEmpty)
            #expect(server.journal.isEmpty)
            #expect(server.issues.isEmpty)
            let client = try await RawClient.get("/feed", from: server.port)
            #expect(await client.receive(until: "scripted").contains("scripted"))
            #expect(try await server.connection(1, on: "/feed").number == 1)
            await client.close()
        }
    }

    @Test func anObserverIsToldInOrder() async throws {
        let told = Told()
        try await MockEventServer.run { server in
            server.observe { connection, change in
                told.add(change, connection)
            }
            server.script("/", [.stream([.mark("a"), .event("one"), .mark("b")])])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "0\r\n\r\n").contains("one"))
            await client.close()
            try await server.connection(1, on: "/").ended()
        }
        let all = told.all
        #expect(all.first == "came 0 0")
        #expect(all.contains("moved 2 11"))
        #expect(all.contains("moved 3 11"))
        #expect(all.last == "ended 3 11")
        #expect(all.count { $0.hasPrefix("ended") } == 1)
    }

    private final class Told: Sendable {
        private let lines = Protected<[String]>([])

        var all: [String] { lines.withLock { $0 } }

        func add(_ change: Connection.Change, _ connection: Connection) {
            let entry = connection.journalEntry
            lines.withLock { $0.append("\(change) \(entry.step) \(entry.bytesSent)") }
        }
    }
}
