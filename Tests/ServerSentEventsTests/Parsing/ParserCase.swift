import ServerSentEvents
import Testing

/// A clause of the standard: a body, and what has to come of it.
struct ParserCase: CustomTestStringConvertible, Sendable {
    let name: String
    let body: [UInt8]
    let events: [ServerSentEvent]
    let lastEventID: String
    let reconnectionTime: Duration?

    var testDescription: String { name }

    init(
        _ name: String, _ body: [UInt8], _ events: [ServerSentEvent] = [],
        lastEventID: String = "", reconnectionTime: Duration? = nil
    ) {
        self.name = name
        self.body = body
        self.events = events
        self.lastEventID = lastEventID
        self.reconnectionTime = reconnectionTime
    }

    init(
        _ name: String, _ body: String, _ events: [ServerSentEvent] = [],
        lastEventID: String = "", reconnectionTime: Duration? = nil
    ) {
        self.init(
            name, Array(body.utf8), events, lastEventID: lastEventID,
            reconnectionTime: reconnectionTime)
    }

    var expected: Outcome {
        Outcome(
            elements: events.map(EventParser.Element.event), lastEventID: lastEventID,
            reconnectionTime: reconnectionTime)
    }

    /// Runs the case whole, byte by byte, cut at every index, and in random chunks.
    func check() throws {
        #expect(ReferenceParser.outcome(of: body).withoutComments() == expected)
        try check([body])
        try check(body.singleBytes)
        #expect(try Outcome(feedingBytes: body).withoutComments() == expected)
        #expect(try Outcome(joiningBytes: body).withoutComments() == expected)
        for index in body.indices { try check(body.split(at: index)) }
        var generator = SeededGenerator(seed: UInt64(body.count))
        for longest in [3, 10, 30] {
            try check(body.randomChunks(upTo: longest, using: &generator))
        }
    }

    private func check(_ chunks: [[UInt8]]) throws {
        let comment = Comment(rawValue: "chunks of \(chunks.map(\.count)) bytes")
        #expect(try Outcome(feedingWithoutComments: chunks) == expected, comment)
        #expect(try Outcome(feeding: chunks).withoutComments() == expected, comment)
        #expect(try Outcome(joining: chunks).withoutComments() == expected, comment)
    }
}

extension ServerSentEvent {
    /// An event, in the few words that a table has room for.
    static func data(_ data: String, type: String = "message", id: String = "") -> Self {
        ServerSentEvent(type: type, data: data, lastEventID: id)
    }
}
