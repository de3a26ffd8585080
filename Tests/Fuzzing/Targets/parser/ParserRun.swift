import ServerSentEvents

/// What one parser made of several bodies, one after the other.
struct ParserRun: Equatable {
    /// How chunks are handed over, and when events are asked for.
    enum Order {
        /// All events after each chunk.
        case eachChunk
        /// All events after each byte, which is handed over without an array.
        case eachByte
        /// One event after each chunk, so that chunks arrive while others are half read.
        case interleaved
        /// Nothing before all chunks are there.
        case allAtOnce
    }

    /// What came of one body.
    struct Body: Equatable {
        var outcome = Outcome()
        var error: EventStreamError.Code?
    }

    private(set) var bodies: [Body] = []

    /// Has a parser read the chunks of several bodies.
    ///
    /// - Parameters:
    ///   - bodies: The chunks of each.
    ///   - limit: The parser's `maximumEventSize`; its default if `nil`.
    ///   - order: When events are asked for.
    ///   - reportsComments: Whether by `nextElement` rather than by `next`.
    init(_ bodies: [[[UInt8]]], limit: Int?, order: Order, reportsComments: Bool) {
        var parser = limit.map { EventParser(maximumEventSize: $0) } ?? EventParser()
        for chunks in bodies {
            var body = Body()
            do {
                for chunk in chunks where order != .eachByte {
                    parser.append(chunk)
                    try body.take(order.elementsPerChunk, from: &parser, reportsComments)
                }
                for byte in chunks.joined() where order == .eachByte {
                    parser.append(byte)
                    try body.take(.max, from: &parser, reportsComments)
                }
                try body.take(.max, from: &parser, reportsComments)
            } catch {
                body.error = error.code
            }
            parser.connectionEnded()
            body.outcome.lastEventID = parser.lastEventID
            body.outcome.reconnectionTime = parser.reconnectionTime
            self.bodies.append(body)
        }
    }

    /// The same without the comments.
    var withoutComments: ParserRun {
        var run = self
        for index in run.bodies.indices {
            run.bodies[index].outcome = run.bodies[index].outcome.withoutComments()
        }
        return run
    }
}

extension ParserRun.Body {
    /// Takes elements while there are any, and not more than so many.
    fileprivate mutating func take(
        _ most: Int, from parser: inout EventParser, _ reportsComments: Bool
    ) throws(EventStreamError) {
        var wanted = most
        while wanted > 0, let element = try parser.next(reportsComments) {
            outcome.elements.append(element)
            wanted -= 1
        }
    }
}

extension ParserRun.Order {
    fileprivate var elementsPerChunk: Int {
        switch self {
        case .eachChunk, .eachByte: .max
        case .interleaved: 1
        case .allAtOnce: 0
        }
    }
}

extension EventParser {
    fileprivate mutating func next(
        _ reportsComments: Bool
    ) throws(EventStreamError) -> Element? {
        if reportsComments { return try nextElement() }
        return try next().map(Element.event)
    }
}
