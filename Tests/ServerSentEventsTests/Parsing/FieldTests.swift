import ServerSentEvents
import Testing

@Suite("Parsing: fields") struct ParsingFieldTests {
    @Test("Names and values", arguments: namesAndValues)
    func nameAndValue(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let namesAndValues: [ParserCase] = [
        ParserCase("no colon: the value is empty", "data\n\n", [.data("")]),
        ParserCase("no colon: an empty line is added", "data:a\ndata\n\n", [.data("a\n")]),
        ParserCase(
            "no colon: id resets", "id:1\ndata:a\n\nid\ndata:b\n\n",
            [
                .data("a", id: "1"), .data("b"),
            ]),
        ParserCase("no colon: event means message", "event:x\nevent\ndata:a\n\n", [.data("a")]),
        ParserCase("no colon: retry is ignored", "retry\n\n"),
        ParserCase("colon first: a comment", ":data:a\n: data:b\n:\ndata:c\n\n", [.data("c")]),
        ParserCase("exactly one space is dropped", "data:  a\n\n", [.data(" a")]),
        ParserCase("a space alone is dropped", "data: \n\n", [.data("")]),
        ParserCase("two spaces: one stays", "data:  \n\n", [.data(" ")]),
        ParserCase("a tab is never dropped", "data:\ta\n\n", [.data("\ta")]),
        ParserCase("a tab after the space stays", "data: \ta\n\n", [.data("\ta")]),
        ParserCase("a no-break space is no space", "data:\u{A0}a\n\n", [.data("\u{A0}a")]),
        ParserCase("trailing spaces stay", "data: a \n\n", [.data("a ")]),
        ParserCase("only the first colon counts", "data:a:b: c\n\n", [.data("a:b: c")]),
        ParserCase("a colon as value", "data::\n\n", [.data(":")]),
        ParserCase("names are case-sensitive", "DATA:a\nData:b\nEvent:c\nID:1\nRetry:1\n\n"),
        ParserCase(
            "unknown fields are ignored",
            " data:a\ncomment:b\ndatas:c\ndat:d\nd\ndata :e\nids:1\ni\neven\nevents:x\nretr:1\n"
                + "retryx:1\n\u{301}data:f\ndata\u{301}:g\nx\n\n"),
        ParserCase(
            "a prefix of a name before a line end", "dat\na:b\nda\nta: c\ndata:d\n\n",
            [
                .data("d")
            ]),
    ]

    @Test("data", arguments: dataFields) func dataField(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let dataFields: [ParserCase] = [
        ParserCase(
            "data lines are joined by LF", "data:a\ndata: b\ndata:c\n\n", [.data("a\nb\nc")]),
        ParserCase("data: data: gives LF", "data:\ndata:\n\n", [.data("\n")]),
        ParserCase("data data:x gives LF x", "data\ndata:x\n\n", [.data("\nx")]),
        ParserCase("data data data gives two LF", "data\ndata\ndata\n\n", [.data("\n\n")]),
        ParserCase(
            "other lines between data lines", "data:a\n:c\nid:1\ndata:b\nx\nevent:e\ndata:c\n\n",
            [.data("a\nb\nc", type: "e", id: "1")], lastEventID: "1"),
        ParserCase(
            "CRLF between data lines becomes LF", "data:a\r\ndata:b\r\n\r\n", [.data("a\nb")]),
        ParserCase("NUL in data stays", "data:a\0b\n\n", [.data("a\0b")]),
        ParserCase(
            "short, long and short again",
            "data:a\n\ndata:\(String(repeating: "b", count: 100))\n\ndata:c\n\n",
            [.data("a"), .data(String(repeating: "b", count: 100)), .data("c")]),
    ]

    @Test("id", arguments: ids) func id(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let ids: [ParserCase] = [
        ParserCase(
            "the ID goes with its event", "id: 7\ndata:a\n\n", [.data("a", id: "7")],
            lastEventID: "7"),
        ParserCase(
            "the ID may follow the data", "data:a\nid:7\n\n", [.data("a", id: "7")],
            lastEventID: "7"),
        ParserCase(
            "the ID persists over events", "id:7\ndata:a\n\ndata:b\n\n",
            [.data("a", id: "7"), .data("b", id: "7")], lastEventID: "7"),
        ParserCase(
            "the last of several IDs counts", "id:1\nid:2\ndata:a\n\n", [.data("a", id: "2")],
            lastEventID: "2"),
        ParserCase(
            "an empty ID resets", "id:7\ndata:a\n\nid:\ndata:b\n\n",
            [.data("a", id: "7"), .data("b")]),
        ParserCase(
            "an ID with NUL is ignored", "id:7\ndata:a\n\nid:8\0\ndata:b\n\nid:\0\n\n",
            [.data("a", id: "7"), .data("b", id: "7")], lastEventID: "7"),
        ParserCase(
            "an ID with NUL leaves an earlier one of its block", "id:7\nid:\0\ndata:a\n\n",
            [.data("a", id: "7")], lastEventID: "7"),
        ParserCase("a block with only an ID commits it", "id:7\n\n", lastEventID: "7"),
        ParserCase(
            "a block with only an ID commits it for later events", "id:7\n\ndata:a\n\n",
            [.data("a", id: "7")], lastEventID: "7"),
        ParserCase("an ID is any text", "id: é 漢:\t \n\n", lastEventID: "é 漢:\t "),
        ParserCase(
            "an ID of more than 15 bytes", "id:0192f0c4-7a3e-7cc1\ndata:a\n\n",
            [.data("a", id: "0192f0c4-7a3e-7cc1")], lastEventID: "0192f0c4-7a3e-7cc1"),
    ]

    @Test("retry", arguments: retries) func retry(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let retries: [ParserCase] = [
        ParserCase("digits count", "retry: 3000\n\n", reconnectionTime: .seconds(3)),
        ParserCase("zero counts", "retry:0\n", reconnectionTime: .zero),
        ParserCase(
            "it holds when its line ends", "retry:25\n", reconnectionTime: .milliseconds(25)),
        ParserCase("leading zeros", "retry: 03000\n\n", reconnectionTime: .seconds(3)),
        ParserCase(
            "the last valid one counts", "retry:1\nretry:2\nretry:x\n\n",
            reconnectionTime: .milliseconds(2)),
        ParserCase(
            "10^30 saturates", "retry: 1\(String(repeating: "0", count: 30))\n\n",
            reconnectionTime: .seconds(365 * 86_400)),
        ParserCase(
            "Int64.max saturates", "retry: \(Int64.max)\n\n",
            reconnectionTime: .seconds(365 * 86_400)),
        ParserCase(
            "2^64 saturates", "retry: 18446744073709551616\n\n",
            reconnectionTime: .seconds(365 * 86_400)),
        ParserCase(
            "one below the bound", "retry: 31535999999\n\n",
            reconnectionTime: .milliseconds(31_535_999_999)),
        ParserCase(
            "10^30 and a letter is ignored", "retry: 1\(String(repeating: "0", count: 30))x\n\n"),
        ParserCase("+5 is ignored", "retry: +5\n\n"),
        ParserCase("5 with a space is ignored", "retry: 5 \n\n"),
        ParserCase("5 after two spaces is ignored", "retry:  5\n\n"),
        ParserCase("1.5 is ignored", "retry: 1.5\n\n"),
        ParserCase("-1 is ignored", "retry: -1\n\n"),
        ParserCase("1e3 is ignored", "retry: 1e3\n\n"),
        ParserCase("an empty value is ignored", "retry:\nretry: \n\n"),
        ParserCase("full-width digits are ignored", "retry: \u{FF15}\n\n"),
        ParserCase("an unfinished line is ignored", "retry: 5"),
    ]

    @Test("event", arguments: types) func type(_ parserCase: ParserCase) throws {
        try parserCase.check()
    }

    static let types: [ParserCase] = [
        ParserCase(
            "the event field is the type", "event: price\ndata:a\n\n", [.data("a", type: "price")]),
        ParserCase("empty means message", "event:\ndata:a\n\n", [.data("a")]),
        ParserCase(
            "empty after another means message", "event:x\nevent: \ndata:a\n\n", [.data("a")]),
        ParserCase("the last one counts", "event:x\nevent:y\ndata:a\n\n", [.data("a", type: "y")]),
        ParserCase(
            "the type is reset after each block", "event:x\ndata:a\n\ndata:b\n\n",
            [
                .data("a", type: "x"), .data("b"),
            ]),
        ParserCase(
            "the type is reset after a block without data", "event:x\n\ndata:b\n\n", [.data("b")]),
        ParserCase(
            "a type of more than 15 bytes", "event:thread.message.delta\ndata:a\n\n",
            [.data("a", type: "thread.message.delta")]),
    ]
}
