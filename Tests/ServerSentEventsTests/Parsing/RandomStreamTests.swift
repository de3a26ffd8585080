import ServerSentEvents
import Testing

@Suite("Parsing: random streams") struct ParsingRandomStreamTests {
    @Test("agree with the reference parser, however they are cut", arguments: 0..<40)
    func agreeWithReference(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<25 {
            let bytes = RandomStream.body(using: &generator)
            let expected = ReferenceParser.outcome(of: bytes)
            let comment = Comment(rawValue: "\(bytes)")
            #expect(try Outcome(feeding: [bytes]) == expected, comment)
            #expect(try Outcome(feeding: bytes.singleBytes) == expected, comment)
            #expect(try Outcome(feedingBytes: bytes) == expected, comment)
            for longest in [2, 5, 20, 80] {
                let chunks = bytes.randomChunks(upTo: longest, using: &generator)
                #expect(try Outcome(feeding: chunks) == expected, comment)
                #expect(try Outcome(joining: chunks) == expected, comment)
                #expect(try Outcome(interleaving: chunks) == expected, comment)
                #expect(
                    try Outcome(feedingWithoutComments: chunks) == expected.withoutComments(),
                    comment)
            }
        }
    }
}
