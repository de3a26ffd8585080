import Chaos
import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

/// One stream of a ``ChaosFeed`` from its beginning to its end, in memory.
struct ChaosPlay {
    /// All that happened: each update, with the instant of each end, and the server's journal.
    struct Record: Equatable {
        var lines: [String] = []
        var journal: [JournalEntry] = []
        var faults: Set<Fault> = []
    }

    let feed: ChaosFeed
    let tempo: ChaosTempo
    let seed: UInt64
    let last: Int

    func run() async throws -> Record {
        let clock = ChaosClock(timeout: tempo.timeout)
        let served = Served()
        return try await MockEventServer.run(clock: clock.forServer, waitLimit: .seconds(30)) {
            server in
            for isRedirected in [false, true] {
                serve(isRedirected ? "/moved" : "/feed", on: server, as: served)
            }
            let configuration = configuration(server, clock)
            let url = try URL.test("http://chaos.test/feed")
            var record = Record()
            var sequel = Sequel(of: feed)
            loop: for try await update in EventStream(url: url, configuration: configuration)
                .updates
            {
                record.lines.append(update.line)
                switch update {
                case .event(let event) where event.type == ChaosFeed.endType:
                    sequel.end(at: last)
                    break loop
                case .event(let event):
                    sequel.note(event)
                case .disconnected(let disconnect):
                    try await served.settled()
                    record.lines.append("\(clock.now)")
                    clock.expectReconnection(after: disconnect.retryAfter)
                default: break
                }
            }
            try #require(sequel.last == last)
            try #require(sequel.lost + sequel.repeated + sequel.altered == 0)
            try await served.settled()
            record.journal = server.journal
            record.faults = served.faults
            return record
        }
    }

    private func configuration(
        _ server: MockEventServer, _ clock: ChaosClock
    ) -> EventStream.Configuration {
        var configuration = tempo.configuration(
            server.transport, generator: SeededGenerator(seed: seed))
        configuration.clock = clock.forStream
        return configuration
    }

    private func serve(_ path: String, on server: MockEventServer, as served: Served) {
        server.handle(path) { [feed, last] connection in
            // A redirect: the answer before may be about to end.
            try await served.settled()
            let seen = connection.request.lastEventID.flatMap { Int($0) } ?? 0
            let (fault, reply) = feed.reply(
                connection: connection.number, seen: seen, last: last,
                redirectingTo: path == "/feed" ? "/moved" : nil)
            served.note(connection, fault)
            try await connection.respond(reply)
        }
    }
}
