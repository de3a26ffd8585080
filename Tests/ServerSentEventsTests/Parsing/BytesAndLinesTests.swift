import ServerSentEvents
import Testing

@Suite("Parsing: bytes and lines") struct ParsingBytesAndLinesTests {
    @Test("Lines", arguments: lines) func line(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let lines: [ParserCase] = [
        ParserCase("lines end in LF", "data:a\n\ndata:b\n\n", [.data("a"), .data("b")]),
        ParserCase("lines end in CR", "data:a\r\rdata:b\r\r", [.data("a"), .data("b")]),
        ParserCase("lines end in CRLF", "data:a\r\n\r\ndata:b\r\n\r\n", [.data("a"), .data("b")]),
        ParserCase(
            "line ends are mixed freely", "data:a\r\ndata:b\rdata:c\n\r\ndata:d\r\n\rdata:e\n\r",
            [.data("a\nb\nc"), .data("d"), .data("e")]),
        ParserCase("LF CR are two ends", "data:a\n\rdata:b\n\r", [.data("a"), .data("b")]),
        ParserCase("CR CR LF are two ends", "data:a\r\r\ndata:b\r\r\n", [.data("a"), .data("b")]),
        ParserCase("CRLF is one end", "data:a\r\ndata:b\r\n\r\n", [.data("a\nb")]),
        ParserCase("a body of line ends alone", "\n\r\r\n\n\n\r", []),
        ParserCase("an empty body", "", []),
        ParserCase(
            "U+2028, U+0085, VT, FF and NUL are ordinary characters of a line",
            "data:a\u{2028}b\u{85}c\u{B}d\u{C}e\0f\u{2029}g\n\n",
            [.data("a\u{2028}b\u{85}c\u{B}d\u{C}e\0f\u{2029}g")]),
        ParserCase(
            "a combining mark after the colon or the space belongs to the value",
            "data:\u{301}x\ndata: \u{301}y\nevent:\u{301}\n\n",
            [.data("\u{301}x\n\u{301}y", type: "\u{301}")]),
    ]

    @Test("Byte order mark", arguments: byteOrderMarks)
    func byteOrderMark(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let byteOrderMarks: [ParserCase] = [
        ParserCase("one leading BOM is dropped", "\u{FEFF}data:a\n\n", [.data("a")]),
        ParserCase("a second BOM is text", "\u{FEFF}\u{FEFF}data:a\ndata:b\n\n", [.data("b")]),
        ParserCase(
            "a later BOM is text", "data:\u{FEFF}a\n\n\u{FEFF}data:b\n\n", [.data("\u{FEFF}a")]),
        ParserCase("a BOM alone", "\u{FEFF}", []),
        ParserCase("a BOM before a line end", "\u{FEFF}\ndata:a\n\n", [.data("a")]),
        ParserCase(
            "a part of a BOM is text", [0xEF, 0xBB] + Array("data:a\ndata:b\n\n".utf8),
            [.data("b")]),
        ParserCase(
            "an inverted BOM is text", [0xFE, 0xFF] + Array("data:a\ndata:b\n\n".utf8),
            [.data("b")]),
    ]

    @Test("Invalid bytes become U+FFFD, one for each maximal subpart", arguments: repairs)
    func invalidBytes(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let repairs: [ParserCase] = [
        repair("E1 80 41", [0xE1, 0x80, 0x41], "\u{FFFD}A"),
        repair("F0 80 80", [0xF0, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
        repair("ED A0 80 (a surrogate)", [0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
        repair("F5", [0xF5], "\u{FFFD}"),
        repair("C0 AF (overlong)", [0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
        repair(
            "F4 90 80 80 (above U+10FFFF)", [0xF4, 0x90, 0x80, 0x80],
            "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        repair("F0 9F 98 at the end of a line", [0xF0, 0x9F, 0x98], "\u{FFFD}"),
        repair("F0 9F 98 41", [0xF0, 0x9F, 0x98, 0x41], "\u{FFFD}A"),
        repair("F0 9F F0 9F 98 80", [0xF0, 0x9F, 0xF0, 0x9F, 0x98, 0x80], "\u{FFFD}😀"),
        repair("E1 at the end of a line", [0xE1], "\u{FFFD}"),
        repair("80", [0x80], "\u{FFFD}"),
        repair("FF FE", [0xFF, 0xFE], "\u{FFFD}\u{FFFD}"),
        repair("E0 9F 80 (overlong)", [0xE0, 0x9F, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
        repair("C2 0x41", [0xC2, 0x41], "\u{FFFD}A"),
        repair("F0 9F 98 80 (valid)", [0xF0, 0x9F, 0x98, 0x80], "😀"),
        repair(
            "long text around it",
            Array(String(repeating: "é", count: 20).utf8) + [0xE1, 0x80]
                + Array(String(repeating: "漢", count: 20).utf8),
            String(repeating: "é", count: 20) + "\u{FFFD}" + String(repeating: "漢", count: 20)),
        ParserCase(
            "an invalid byte in type, ID and name",
            Array("event:".utf8) + [0xFF] + Array("\nid:".utf8) + [0xC0, 0xAF]
                + Array("\ndata".utf8) + [0xFF] + Array(":x\ndata:y\n\n".utf8),
            [.data("y", type: "\u{FFFD}", id: "\u{FFFD}\u{FFFD}")],
            lastEventID: "\u{FFFD}\u{FFFD}"),
        ParserCase(
            "a sequence is not completed over a line end",
            Array("data:".utf8) + [0xF0, 0x9F] + Array("\ndata:".utf8) + [0x98, 0x80, 0x0A, 0x0A],
            [.data("\u{FFFD}\n\u{FFFD}\u{FFFD}")]),
    ]

    private static func repair(_ name: String, _ bytes: [UInt8], _ text: String) -> ParserCase {
        ParserCase(
            name, Array("data:".utf8) + bytes + Array("\ndata:".utf8) + bytes + [0x0A, 0x0A],
            [.data("\(text)\n\(text)")])
    }

    @Test("a CR dispatches at once, without waiting for a possible LF")
    func carriageReturnDispatchesAtOnce() throws {
        var parser = EventParser()
        parser.append(Array("data:a\r\r".utf8))
        #expect(try parser.next()?.data == "a")
        parser.append(Array("\ndata:b\r".utf8))
        #expect(try parser.next() == nil)
        parser.append(Array("\r".utf8))
        #expect(try parser.next()?.data == "b")
    }

    @Test("CRLF split over chunks is one end, also with an empty chunk between")
    func splitCarriageReturnLineFeed() throws {
        let chunks = ["data:a\r", "", "\n", "", "data:b\r", "\n\r", "", "\n", "\n"]
        let outcome = try Outcome(feeding: chunks.map { Array($0.utf8) })
        #expect(outcome.events == [.data("a\nb")])
    }

    @Test("a line of 16 KiB and more, in chunks of all sizes", arguments: [1, 7, 64, 1400, 16384])
    func longLine(chunkSize: Int) throws {
        let text = String(repeating: "0123456789abcdef", count: 2_000)
        let body = Array("data: \(text)\ndata: \(text)\n\ndata: x\n\n".utf8)
        let outcome = try Outcome(feeding: body.chunks(of: chunkSize))
        #expect(outcome.events == [.data("\(text)\n\(text)"), .data("x")])
    }

    @Test("a line of 3 MiB, for which buffers grow", arguments: [1400, 65536])
    func largeLine(chunkSize: Int) throws {
        let text = String(repeating: "0123456789abcdef", count: 3 << 16)
        let body = Array("data: \(text)\ndata: x\n\n".utf8)
        let outcome = try Outcome(feeding: body.chunks(of: chunkSize))
        let isWhole = outcome.events == [.data("\(text)\nx")]
        #expect(isWhole)
    }
}
