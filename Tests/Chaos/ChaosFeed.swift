import MockServer
package import ServerSentEvents

/// A feed of numbered events whose every connection comes to grief, the same for the same seed.
///
/// What a connection does follows from the seed, the stream, and the connection's number alone, and
/// what an event says from the seed, the stream, and the event's number: not from time, and not from
/// what happens on other streams.
package struct ChaosFeed: Sendable {
    /// The type of the event that ends a stream.
    package static let endType = "end"

    let seed: UInt64
    let stream: Int
    let tempo: ChaosTempo
    let faults: [Fault]

    package init(seed: UInt64, stream: Int, tempo: ChaosTempo, without excluded: Set<Fault> = []) {
        self.seed = seed
        self.stream = stream
        self.tempo = tempo
        faults = Fault.allCases.filter { !excluded.contains($0) }
    }

    /// The event of a number, as a client has to deliver it.
    package func event(_ number: Int) -> ServerSentEvent {
        var generator = generator(1, number)
        let words = [
            "", "plain", "ünïcödé 日本", "two\nlines", "\n", "bad \u{FFFD} byte", ": no comment",
        ]
        let data = "\(number) \(words[Int.random(in: 0..<words.count, using: &generator)])"
        let type = Bool.random(using: &generator) ? "message" : "price"
        return ServerSentEvent(type: type, data: data, lastEventID: "\(number)")
    }

    /// Chance for one purpose.
    func generator(_ purpose: UInt64, _ number: Int) -> SeededGenerator {
        var generator = SeededGenerator(seed: seed)
        for part in [
            UInt64(truncatingIfNeeded: stream), purpose, UInt64(truncatingIfNeeded: number),
        ] {
            generator = SeededGenerator(seed: generator.next() ^ part)
        }
        return generator
    }
}
