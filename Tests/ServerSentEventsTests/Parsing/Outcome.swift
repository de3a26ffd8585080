import ServerSentEvents

/// All that can be seen of a parser after it has been given some chunks.
struct Outcome: CustomStringConvertible {
    var elements: [EventParser.Element] = []
    var lastEventID = ""
    var reconnectionTime: Duration?

    var events: [ServerSentEvent] {
        elements.compactMap { element in
            if case .event(let event) = element { event } else { nil }
        }
    }

    var description: String {
        let lines = elements.map { element in
            switch element {
            case .event(let event):
                "\(event.type.debugDescription) \(event.data.debugDescription) "
                    + event.lastEventID.debugDescription
            case .comment(let text): ": \(text.debugDescription)"
            }
        }
        let time = reconnectionTime.map { "\($0)" } ?? "-"
        return "[\(lines.joined(separator: ", "))] id \(lastEventID.debugDescription) retry \(time)"
    }
}

extension Outcome: Equatable {
    /// Compares bytes, as equal strings may be made of different scalars.
    static func == (one: Outcome, other: Outcome) -> Bool {
        one.elements.map(\.bytes) == other.elements.map(\.bytes)
            && one.lastEventID.utf8.elementsEqual(other.lastEventID.utf8)
            && one.reconnectionTime == other.reconnectionTime
    }
}

extension EventParser.Element {
    fileprivate var bytes: [[UInt8]] {
        switch self {
        case .event(let event): [event.type, event.data, event.lastEventID].map { Array($0.utf8) }
        case .comment(let text): [Array(text.utf8)]
        }
    }
}

extension Outcome {
    private init(
        _ read: (inout EventParser, inout [EventParser.Element]) throws -> Void
    ) throws {
        var parser = EventParser()
        try read(&parser, &elements)
        lastEventID = parser.lastEventID
        reconnectionTime = parser.reconnectionTime
    }

    /// Feeds chunks to a parser and takes all elements after each.
    init(feeding chunks: [[UInt8]]) throws {
        try self.init { parser, elements in
            for chunk in chunks {
                parser.append(chunk)
                while let element = try parser.nextElement() { elements.append(element) }
            }
        }
    }

    /// Feeds bytes to a parser as bytes, and takes all elements after each.
    init(feedingBytes bytes: [UInt8]) throws {
        try self.init { parser, elements in
            for byte in bytes {
                parser.append(byte)
                while let element = try parser.nextElement() { elements.append(element) }
            }
        }
    }

    /// Feeds chunks to a parser with `next`, which leaves out the comments.
    init(feedingWithoutComments chunks: [[UInt8]]) throws {
        try self.init { parser, elements in
            for chunk in chunks {
                parser.append(chunk)
                while let event = try parser.next() { elements.append(.event(event)) }
            }
        }
    }

    /// Hands all chunks over before anything is taken, so that the parser has to join them.
    init(joining chunks: [[UInt8]]) throws {
        try self.init { parser, elements in
            for chunk in chunks { parser.append(chunk) }
            while let element = try parser.nextElement() { elements.append(element) }
        }
    }

    /// Hands bytes over as bytes before anything is taken.
    init(joiningBytes bytes: [UInt8]) throws {
        try self.init { parser, elements in
            for byte in bytes { parser.append(byte) }
            while let element = try parser.nextElement() { elements.append(element) }
        }
    }

    /// Takes one element after each chunk, so that chunks arrive while others are half read.
    init(interleaving chunks: [[UInt8]]) throws {
        try self.init { parser, elements in
            for chunk in chunks {
                parser.append(chunk)
                if let element = try parser.nextElement() { elements.append(element) }
            }
            while let element = try parser.nextElement() { elements.append(element) }
        }
    }

    func withoutComments() -> Outcome {
        var outcome = self
        outcome.elements = events.map(EventParser.Element.event)
        return outcome
    }
}
