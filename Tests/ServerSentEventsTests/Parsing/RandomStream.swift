/// Bodies made of all that may be mistaken for something else.
enum RandomStream {
    private static let fragments: [[UInt8]] =
        [
            "\n", "\r", "\r\n", "\n\n", "\r\r", "\r\n\r\n", "\n\r", ":", " ", "\t", "\0", "data",
            "data:", "data: ", "data:  ", "dat", "datax", "DATA:", " data:", "event", "event:",
            "event: price", "even", "events:x", "id", "id:", "id: 7", "i", "ids:1", "id: \0",
            "retry", "retry:", "retry: 25", "retry: 2x", "retri:1", "comment:", "x", "é", "漢", "😀",
            "\u{FEFF}", "\u{2028}", "\u{85}", "\u{B}", "\u{C}", "e\u{301}", "\u{301}", "-1", "42",
        ].map { Array($0.utf8) } + [
            [0xEF], [0xEF, 0xBB], [0xBB, 0xBF], [0xFF], [0xC0, 0xAF], [0xE1, 0x80],
            [0xF0, 0x9F, 0x98],
            [0xED, 0xA0, 0x80], [0x80], [0xF4, 0x90, 0x80, 0x80],
            Array(repeating: UInt8(ascii: "a"), count: 70),
        ]

    /// A body of up to sixty fragments.
    static func body(using generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...60, using: &generator) {
            // Half of it are line ends, or few lines would mean anything.
            let pool = Bool.random(using: &generator) ? fragments[...] : fragments[..<6]
            bytes += pool.randomElement(using: &generator) ?? []
            if Int.random(in: 0..<4, using: &generator) == 0 { bytes += Array("data: x".utf8) }
        }
        return bytes
    }
}
