import Chaos
import MockServer
import Testing

@testable import ServerSentEvents

/// Every fault of the mock server, in memory and in no time: nothing is lost or repeated, and chance
/// is only what the seed makes it.
@Suite(.timeLimit(.minutes(1))) struct ChaosTests {
    private static let streams = 20

    @Test func theSameSeedGivesTheSameJournal() async throws {
        let first = try await play(seed: 1)
        let second = try await play(seed: 1)
        for (one, other) in zip(first, second) {
            try #require(one.lines == other.lines)
            try #require(one.journal == other.journal)
        }
        let faults = first.reduce(into: Set()) { $0.formUnion($1.faults) }
        #expect(faults == Set(Fault.allCases))
        #expect(first.allSatisfy { $0.journal.count > 3 })
    }

    @Test func anotherSeedGivesAnotherJournal() async throws {
        let first = try await play(seed: 1)
        let second = try await play(seed: 2)
        for (one, other) in zip(first, second) {
            #expect(one.lines != other.lines)
            #expect(one.journal != other.journal)
        }
    }

    /// All streams at once, each on a clock of its own.
    private func play(seed: UInt64) async throws -> [ChaosPlay.Record] {
        let tempo = ChaosTempo()
        return try await withThrowingTaskGroup(of: (Int, ChaosPlay.Record).self) { group in
            for stream in 0..<Self.streams {
                let feed = ChaosFeed(seed: seed, stream: stream, tempo: tempo)
                let play = ChaosPlay(feed: feed, tempo: tempo, seed: seed, last: 15)
                group.addTask { (stream, try await play.run()) }
            }
            var records: [Int: ChaosPlay.Record] = [:]
            for try await (stream, record) in group { records[stream] = record }
            return (0..<Self.streams).compactMap { records[$0] }
        }
    }
}
