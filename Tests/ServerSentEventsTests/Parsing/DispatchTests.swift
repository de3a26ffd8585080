import ServerSentEvents
import Testing

@Suite("Parsing: dispatch") struct ParsingDispatchTests {
    @Test("Dispatch", arguments: cases) func dispatch(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let cases: [ParserCase] = [
        ParserCase("a block without data dispatches nothing", "event:x\n\n:c\n\nx:y\n\n"),
        ParserCase("a block whose data is empty dispatches", "data:\n\n", [.data("")]),
        ParserCase("an unfinished line is discarded", "data:a\n\ndata:b", [.data("a")]),
        ParserCase("an unfinished block is discarded", "data:a\n\ndata:b\n", [.data("a")]),
        ParserCase(
            "the ID of an unfinished block is discarded", "id:1\ndata:a\n\nid:2\ndata:b\n",
            [.data("a", id: "1")], lastEventID: "1"),
        ParserCase(
            "lastEventID is that of the event's own block or an earlier one",
            "data:a\n\nid:1\ndata:b\n\ndata:c\n\nid:2\n\ndata:d\n\nid\ndata:e\n\n",
            [.data("a"), .data("b", id: "1"), .data("c", id: "1"), .data("d", id: "2"), .data("e")]),
        ParserCase("several blank lines", "data:a\n\n\n\n\ndata:b\n\n", [.data("a"), .data("b")]),
    ]

    @Test("Comments come in order, with the text after the colon and one space")
    func comments() throws {
        let body = Array(":\n: a\n:b \ndata:1\n:  c\ndata:2\n\n::d\n:é\n".utf8)
        let expected: [EventParser.Element] = [
            .comment(""), .comment("a"), .comment("b "), .comment(" c"), .event(.data("1\n2")),
            .comment(":d"), .comment("é"),
        ]
        #expect(try Outcome(feeding: [body]).elements == expected)
        #expect(try Outcome(feeding: body.singleBytes).elements == expected)
        #expect(try Outcome(feedingBytes: body).elements == expected)
        for index in body.indices {
            #expect(try Outcome(feeding: body.split(at: index)).elements == expected)
            #expect(try Outcome(joining: body.split(at: index)).elements == expected)
        }
    }

    @Test("A chunk may follow before the comment in the last one led to nil")
    func chunkAfterComment() throws {
        var parser = EventParser()
        parser.append(Array("data: kept\n:c\n".utf8))
        #expect(try parser.nextElement() == .comment("c"))
        parser.append(Array("\n: and what comes after\n".utf8))
        #expect(try parser.nextElement() == .event(.data("kept")))
    }

    @Test("next and nextElement may be mixed")
    func mixed() throws {
        var parser = EventParser()
        parser.append(Array(":a\ndata:1\n\n:b\ndata:2\n\n:c\n".utf8))
        #expect(try parser.nextElement() == .comment("a"))
        #expect(try parser.next()?.data == "1")
        #expect(try parser.next()?.data == "2")
        #expect(try parser.nextElement() == .comment("c"))
        #expect(try parser.nextElement() == nil)
    }

    @Test("The ID is committed by the blank line, not by its own")
    func commit() throws {
        var parser = EventParser(lastEventID: "0")
        parser.append(Array("id:1\n".utf8))
        #expect(try parser.next() == nil)
        #expect(parser.lastEventID == "0")
        parser.append(Array("\n".utf8))
        #expect(try parser.next() == nil)
        #expect(parser.lastEventID == "1")
    }

    @Test("The given last event ID goes with events until another comes")
    func givenID() throws {
        var parser = EventParser(lastEventID: "41")
        parser.append(Array("data:a\n\nid:42\ndata:b\n\n".utf8))
        #expect(try parser.next() == .data("a", id: "41"))
        #expect(try parser.next() == .data("b", id: "42"))
    }

    @Test("A copy goes its own way")
    func copy() throws {
        var one = EventParser()
        one.append(Array("id:1\ndata:a\nda".utf8))
        #expect(try one.next() == nil)
        var other = one
        one.append(Array("ta:b\n\n".utf8))
        other.append(Array("ta:c\n\n".utf8))
        #expect(try one.next() == .data("a\nb", id: "1"))
        #expect(try other.next() == .data("a\nc", id: "1"))
    }
}
