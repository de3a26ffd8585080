import ServerSentEvents
import Testing

/// Blocks as servers send them, long enough for what is done with many lines at once.
@Suite("Parsing: random blocks") struct ParsingRandomBlockTests {
    private static let values: [[UInt8]] =
        ["", "42", " ", "\0", "price", "é漢😀", "content_block_delta"].map { Array($0.utf8) } + [
            // Around what is looked at in one go.
            Array(repeating: UInt8(ascii: "a"), count: 57),
            Array(repeating: UInt8(ascii: "b"), count: 64),
            Array(repeating: UInt8(ascii: "c"), count: 130),
            [0xFF, 0xE1, 0x80, 0x8D, 0x8A],
        ]

    private static func block(using generator: inout SeededGenerator) -> [UInt8] {
        let end: [UInt8] =
            ["\n", "\r\n", "\r"].map { Array($0.utf8) }
            .randomElement(using: &generator) ?? []
        let isLarge = Int.random(in: 0..<10, using: &generator) == 0
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: isLarge ? 20...50 : 0...5, using: &generator) {
            let names = ["data", "data", "data", "event", "id", ""]
            let rare = Int.random(in: 0..<20, using: &generator) == 0
            bytes += Array(((rare ? "retry" : names.randomElement(using: &generator)) ?? "").utf8)
            bytes += Array((Bool.random(using: &generator) ? ":" : ": ").utf8)
            bytes += (rare ? Array("25".utf8) : values.randomElement(using: &generator)) ?? []
            bytes += end
        }
        return bytes + end
    }

    private static func blocks(using generator: inout SeededGenerator) -> [[UInt8]] {
        (0..<20).map { _ in block(using: &generator) }
    }

    @Test("agree with the reference parser, however they are cut", arguments: 0..<30)
    func agreeWithReference(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<10 {
            let blocks = Self.blocks(using: &generator)
            let bytes = Array(blocks.joined())
            let expected = ReferenceParser.outcome(of: bytes)
            let plain = expected.withoutComments()
            let comment = Comment(rawValue: "\(bytes)")
            #expect(try Outcome(feeding: [bytes]) == expected, comment)
            #expect(try Outcome(feedingWithoutComments: [bytes]) == plain, comment)
            #expect(try Outcome(feedingWithoutComments: blocks) == plain, comment)
            for longest in [10, 200, 1000] {
                let chunks = bytes.randomChunks(upTo: longest, using: &generator)
                #expect(try Outcome(feeding: chunks) == expected, comment)
                #expect(try Outcome(feedingWithoutComments: chunks) == plain, comment)
                #expect(try Outcome(interleaving: chunks) == expected, comment)
            }
        }
    }

    @Test("are too large or not, however they are cut", arguments: 0..<30)
    func agreeOnLimit(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<10 {
            let blocks = Self.blocks(using: &generator)
            let bytes = Array(blocks.joined())
            let limit = Int.random(in: 20...400, using: &generator)
            let expected = events(of: bytes.singleBytes, limit: limit)
            #expect(events(of: [bytes], limit: limit) == expected, "\(limit): \(bytes)")
            #expect(events(of: blocks, limit: limit) == expected, "\(limit): \(bytes)")
            let chunks = bytes.randomChunks(upTo: 500, using: &generator)
            #expect(events(of: chunks, limit: limit) == expected, "\(limit): \(bytes)")
        }
    }

    /// The events before the error, and whether there was one.
    private func events(of chunks: [[UInt8]], limit: Int) -> [ServerSentEvent?] {
        var parser = EventParser(maximumEventSize: limit)
        var events: [ServerSentEvent?] = []
        do {
            for chunk in chunks {
                parser.append(chunk)
                while let event = try parser.next() { events.append(event) }
            }
        } catch {
            events.append(nil)
        }
        return events
    }
}
