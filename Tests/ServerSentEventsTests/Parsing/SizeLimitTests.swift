import Testing

@testable import ServerSentEvents

@Suite("Parsing: limits") struct ParsingSizeLimitTests {
    /// A kind of input that never ends: something that is repeated after a beginning.
    struct Endless: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let beginning: String
        let repeated: String
    }

    static let endlessInputs = [
        Endless(testDescription: "a data line", beginning: "data:", repeated: "x"),
        Endless(testDescription: "data lines", beginning: "", repeated: "data:x\n"),
        Endless(testDescription: "empty data lines", beginning: "", repeated: "data\r\n"),
        Endless(testDescription: "a comment", beginning: ":", repeated: "x"),
        Endless(testDescription: "an unknown field", beginning: "x:", repeated: "x"),
        Endless(testDescription: "a field name", beginning: "", repeated: "x"),
        Endless(testDescription: "a type", beginning: "event:", repeated: "x"),
        Endless(testDescription: "an ID", beginning: "id:", repeated: "x"),
        Endless(testDescription: "digits of retry", beginning: "retry:", repeated: "0"),
        Endless(testDescription: "NUL bytes", beginning: "", repeated: "\0"),
    ]

    @Test(
        "Whatever never ends is an error, and no memory", arguments: endlessInputs,
        [1, 10, 100, 2000])
    func endless(_ input: Endless, chunkSize: Int) throws {
        let limit = 1000
        var parser = EventParser(maximumEventSize: limit)
        let repetitions = 10 * limit / input.repeated.utf8.count
        let body = input.beginning + String(repeating: input.repeated, count: repetitions)
        var refusals = 0
        for chunk in Array(body.utf8).chunks(of: chunkSize) where refusals < 3 {
            parser.append(chunk)
            // An array grows to twice of what it needs.
            #expect(Self.heldBytes(parser) <= 2 * (limit + chunkSize) + chunkSize)
            do throws(EventStreamError) {
                let event = try parser.next()
                #expect(event == nil)
                #expect(refusals == 0, "the error must stay")
            } catch {
                #expect(error.code == .eventTooLarge)
                #expect(error.message.contains("1000 bytes"))
                #expect(Self.heldBytes(parser) == 0)
                refusals += 1
            }
        }
        #expect(refusals > 0)
    }

    @Test("Comments, blank lines and repeated fields that end are no large event")
    func endlessButSmall() throws {
        var parser = EventParser(maximumEventSize: 20)
        let line = ": keep-alive\n\nretry: 10\nid: 123\nevent: abc\nx: y\n"
        for _ in 0..<100 {
            parser.append(Array(line.utf8))
            #expect(try parser.next() == nil)
        }
    }

    @Test("IDs and types that replace one another in a block do not add up")
    func replacedFields() throws {
        var parser = EventParser(maximumEventSize: 20)
        for _ in 0..<100 {
            parser.append(Array("id: 123\nevent: abc\nid:\nevent:\nid: 456\nevent: d\n".utf8))
            #expect(try parser.next() == nil)
        }
        parser.append(Array("data: x\n\n".utf8))
        #expect(try parser.next() == .data("x", type: "d", id: "456"))
    }

    @Test("The limit is reached by the line, however it is cut", arguments: [1, 3, 20, 100])
    func exactLimit(chunkSize: Int) throws {
        // 8 bytes of type and ID, and a line of 12.
        let body = Array("event:1234\nid:5678\ndata:1234567\n\n".utf8)
        var parser = EventParser(maximumEventSize: 20)
        var events: [ServerSentEvent] = []
        for chunk in body.chunks(of: chunkSize) {
            parser.append(chunk)
            while let event = try parser.next() { events.append(event) }
        }
        #expect(events == [.data("1234567", type: "1234", id: "5678")])

        parser = EventParser(maximumEventSize: 19)
        #expect(throws: EventStreamError.self) {
            for chunk in body.chunks(of: chunkSize) {
                parser.append(chunk)
                while try parser.next() != nil {}
            }
        }
    }

    @Test(
        "Events before a line that is too large are delivered",
        arguments: ["data:", ":", "id:", "event:", "x:"], [1, 10, 1000])
    func eventsBefore(name: String, chunkSize: Int) throws {
        let large = name + String(repeating: "x", count: 30)
        let body =
            "data:a\n\ndata:b\n\n\(large)\n\n" + String(repeating: "data:c\n\n", count: 50)
        var parser = EventParser(maximumEventSize: 20)
        var texts: [String] = []
        #expect(throws: EventStreamError.self) {
            for chunk in Array(body.utf8).chunks(of: chunkSize) {
                parser.append(chunk)
                while let event = try parser.next() { texts.append(event.data) }
            }
        }
        #expect(texts == ["a", "b"])
    }

    @Test("After the error every call throws it, until the connection has ended")
    func afterTheError() throws {
        var parser = EventParser(lastEventID: "1", maximumEventSize: 10)
        parser.append(Array("id:2\ndata:01234567890".utf8))
        #expect(throws: EventStreamError.self) { try parser.next() }
        parser.append(Array("\n\ndata:a\n\n".utf8))
        #expect(throws: EventStreamError.self) { try parser.next() }
        #expect(throws: EventStreamError.self) { try parser.nextElement() }
        #expect(parser.lastEventID == "1")
        parser.connectionEnded()
        #expect(try parser.next() == nil)
        parser.append(Array("data:b\n\n".utf8))
        #expect(try parser.next() == .data("b", id: "1"))
    }

    @Test("Buffers that grew large are let go after the event", arguments: [1000, 1_000_000])
    func buffersShrink(chunkSize: Int) throws {
        let text = String(repeating: "x", count: 300_000)
        let body = "data:\(text)\ndata:\(text)\n\n:\(text)\nid:\(text)\n\ndata:a\n\ndata:b"
        var parser = EventParser()
        var events: [ServerSentEvent] = []
        for chunk in Array(body.utf8).chunks(of: chunkSize) {
            parser.append(chunk)
            while let event = try parser.next() { events.append(event) }
        }
        #expect(events.map(\.data.utf8.count) == [600_001, 1])
        #expect(Self.heldBytes(parser) <= 64 * 1024)
    }

    @Test("A chunk that is used up is let go")
    func chunkIsReleased() throws {
        var parser = EventParser()
        parser.append(Array("data:\(String(repeating: "x", count: 100_000))\n\n".utf8))
        #expect(try parser.next() != nil)
        #expect(Self.heldBytes(parser) > 100_000)
        #expect(try parser.next() == nil)
        #expect(Self.heldBytes(parser) == 0)
    }

    /// The capacity of all arrays in a parser, which nothing but reflection shows from outside.
    private static func heldBytes(_ value: Any) -> Int {
        if let bytes = value as? Bytes { return bytes.capacity }
        return Mirror(reflecting: value).children.reduce(0) { $0 + heldBytes($1.value) }
    }
}
