import MockServer

extension ServedStream {
    /// What comes last on a connection, and never counts.
    private static let tails =
        [
            "", "data: unfinished", "data: unfinished\n", "id: unfinished\r\ndata\r\n",
            "event: x\rid",
            "id: unfinished\n\u{FEFF}", "data: \u{1F600}\n:", ":", "id:\nid: \0\ndata:",
        ].map { Array($0.utf8) } + [[0xF0, 0x9F, 0x98], Array("data: ".utf8) + [0xE1, 0x80]]

    /// Streams of one to three random bodies, the same for each seed.
    static func random(_ count: Int, seed: UInt64) -> [ServedStream] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            let bodies = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                Body(
                    // The reconnection time is never long: the comment ends whatever line there is.
                    bytes: RandomStream.body(using: &generator) + Array(":\nretry: 1\n".utf8)
                        + (tails.randomElement(using: &generator) ?? []),
                    end: [.end, .drop(.fin), .drop(.reset)].randomElement(using: &generator)
                        ?? .end,
                    piece: Int.random(in: 3...60, using: &generator))
            }
            return ServedStream("/random/\(number)", bodies)
        }
    }
}
