import ServerSentEvents
import Testing

@Suite("Parsing: the end of a connection") struct ParsingConnectionEndTests {
    /// Where a connection may break: in the middle of everything.
    static let beginnings = [
        "data: lost", "data: lost\n", "data: lost\r", "data: lost\ndata", "event: lost\n",
        "event: lo", "id: lost\n", "id: lo", "id: lost\ndata: lost\n", ": lost", "retry: 1",
        "\u{FEFF}", "\u{FEFF}data: lost\n", "x", "\r", "",
    ]

    @Test("The unfinished line and event are discarded", arguments: beginnings)
    func discards(beginning: String) throws {
        for chunks in [[Array(beginning.utf8)], Array(beginning.utf8).singleBytes] {
            var parser = EventParser(lastEventID: "1")
            for chunk in chunks {
                parser.append(chunk)
                #expect(try parser.next() == nil)
            }
            parser.connectionEnded()
            #expect(parser.lastEventID == "1")
            #expect(parser.reconnectionTime == nil)
            parser.append(Array("\n\ndata:a\n\n".utf8))
            #expect(try parser.next() == .data("a", id: "1"))
            #expect(try parser.next() == nil)
        }
    }

    @Test("Bytes that nobody asked for are discarded")
    func discardsUnread() throws {
        var parser = EventParser()
        parser.append(Array("data:a\n\ndata:b\n\n".utf8))
        #expect(try parser.next()?.data == "a")
        parser.connectionEnded()
        #expect(try parser.next() == nil)
        parser.append(Array("data:c\n\n".utf8))
        #expect(try parser.next()?.data == "c")
    }

    @Test("The last event ID and the reconnection time stay")
    func keeps() throws {
        var parser = EventParser()
        parser.append(Array("id:1\nretry:10\ndata:a\n\n".utf8))
        #expect(try parser.next() == .data("a", id: "1"))
        parser.connectionEnded()
        #expect(parser.lastEventID == "1")
        #expect(parser.reconnectionTime == .milliseconds(10))
        parser.append(Array("data:b\n\n".utf8))
        #expect(try parser.next() == .data("b", id: "1"))
    }

    @Test("Each connection may begin with a byte order mark, split anywhere")
    func byteOrderMark() throws {
        let body = Array("\u{FEFF}data:a\n\n".utf8)
        for index in 0...body.count {
            var parser = EventParser()
            for _ in 0..<3 {
                for chunk in body.split(at: index) {
                    parser.append(chunk)
                    if let event = try parser.next() { #expect(event == .data("a")) }
                }
                #expect(try parser.next() == nil)
                parser.connectionEnded()
            }
        }
    }

    @Test("A byte order mark cut off by the end is no part of the next body")
    func unfinishedByteOrderMark() throws {
        var parser = EventParser()
        parser.append([0xEF, 0xBB])
        #expect(try parser.next() == nil)
        parser.connectionEnded()
        parser.append([0xBF] + Array("data:a\n\ndata:b\n\n".utf8))
        #expect(try parser.next()?.data == "b")
    }

    @Test("A LF that opens the next body is a line of its own, though a CR ended the last")
    func lineFeedAfterCarriageReturn() throws {
        var parser = EventParser()
        parser.append(Array("data:a\r".utf8))
        #expect(try parser.next() == nil)
        parser.connectionEnded()
        parser.append(Array("\ndata:b\n\n".utf8))
        #expect(try parser.next()?.data == "b")
    }
}
