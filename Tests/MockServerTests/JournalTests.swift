import Dispatch
import Synchronization
import Testing

@testable import Locking
@testable import MockServer

/// The journal tells what happened, and no secrets.
@Suite(.timeLimit(.minutes(1)))
struct JournalTests {
    @Test func secretsAreRedacted() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.status(204)])
            _ = try await RawClient.get(
                "/", from: server.port,
                headers: ["authorization: Bearer s3cret", "Cookie: id=s3cret", "X-Plain: open"])
            let connection = try await server.connection(1, on: "/")
            #expect(connection.request.headers["Authorization"] == "Bearer s3cret")
            let entry = try #require(server.journal.first)
            #expect(entry.request.headers["Authorization"] == "[redacted]")
            #expect(entry.request.headers["Cookie"] == "[redacted]")
            #expect(entry.request.headers["X-Plain"] == "open")
        }
    }

    @Test func entriesAreInTheOrderOfTheRequests() async throws {
        try await MockEventServer.run { server in
            server.script("/a", [.status(503), .stream([.event("x"), .drop(.fin)])])
            server.script("/b", [.redirect(to: "/a")])
            let client = try await RawClient.connect(to: server.port)
            for path in ["/a", "/b", "/a"] { try await client.send(RawClient.request(path)) }
            #expect(await client.receiveAll().end == .fin)
            // The client may see the end before it is recorded.
            try await server.connection(2, on: "/a").ended()
            let journal = server.journal
            #expect(journal.map(\.request.path) == ["/a", "/b", "/a"])
            #expect(journal.map(\.number) == [1, 1, 2])
            #expect(journal.map(\.status) == [503, 302, 200])
            #expect(journal.map(\.reply) == [1, 1, 2])
            #expect(journal.map(\.replyCount) == [2, 1, 2])
            #expect(journal.map(\.ending?.cause) == [.complete, .complete, .fin])
            #expect(journal.last?.sent == ["\"x\""])
        }
    }

    @Test func theClientsOwnCloseIsNotedAfterTheServersEnd() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("x"), .drop(.fin)])])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receiveAll().end == .fin)
            await client.close()
            let connection = try await server.connection(1, on: "/")
            try await until { connection.journalEntry.clientClosedAt != nil }
            #expect(connection.journalEntry.ending?.by == .server)
        }
    }

    @Test("The lock that orders the requests is held while their times are read")
    func timesNeverRunBackwards() async throws {
        let clock = WatchedClock()
        let server = try MockEventServer(clock: clock)
        let core = server.core
        let wereLocked = Protected<[Bool]>([])
        clock.watch {
            let isLocked = core.isLocked
            wereLocked.withLock { $0.append(isLocked) }
        }
        _ = core.register(.get("/"), wire: HookedWire { .took($0.count) })
        let readings = wereLocked.withLock { $0 }
        #expect(!readings.isEmpty)
        #expect(readings.allSatisfy { $0 })
        clock.watch {}
        await server.stop()
    }
}

extension ServerCore {
    /// Whether somebody has the lock of its state, as another thread sees it.
    fileprivate var isLocked: Bool {
        let isFree = Protected(false)
        let seen = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            let taken: Void? = self.state.mutex.withLockIfAvailable { _ in }
            isFree.withLock { $0 = taken != nil }
            seen.signal()
        }
        seen.wait()
        return !isFree.withLock { $0 }
    }
}
