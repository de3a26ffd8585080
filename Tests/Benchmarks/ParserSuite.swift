import ServerSentEvents

/// The parser alone: bytes in memory to events.
enum ParserSuite: Suite {
    static let name = "parser"

    private static let chunkSizes: [(name: String, size: Int, bodySize: Int)] = [
        // A small body, as every byte is an array of its own, and those should fit in the cache.
        ("1B", 1, 32 * 1024),
        ("64B", 64, 1024 * 1024),
        ("1400B", 1400, 4 * 1024 * 1024),
        ("16KiB", 16 * 1024, 4 * 1024 * 1024),
        ("64KiB", 64 * 1024, 4 * 1024 * 1024),
    ]

    static func run(_ report: Report) async throws {
        for body in Body.all {
            for (name, size, bodySize) in chunkSizes {
                let bytes = body.bytes(size: bodySize)
                let events = bytes.count / body.unit.utf8.count * body.eventsPerUnit
                try await measure(
                    "parser.\(body.name).\(name)", report, bytes, chunkSize: size, events: events,
                    prefix: body.prefix)
            }
        }
        for size in [8, 16] {
            let payload = [UInt8](repeating: UInt8(ascii: "x"), count: size * 1024 * 1024)
            let bytes = Array("data: ".utf8) + payload + Array("\n\n".utf8)
            try await measure(
                "parser.long-line.\(size)", report, bytes, chunkSize: 1400, events: 1, prefix: 6)
        }
    }

    private static func measure(
        _ name: String, _ report: Report, _ bytes: [UInt8], chunkSize: Int, events: Int,
        prefix: Int?
    ) async throws {
        let chunks = bytes.chunks(of: chunkSize)
        var total = 0
        let speeds = try await Rounds.speeds(bytes: bytes.count) {
            let (count, length) = try parse(chunks)
            guard count == events else { throw WrongCount(name: name, count: count) }
            total &+= length
        } limit: {
            total &+= LimitLoop.run(bytes, prefix: prefix)
        }
        // Without a use of the sum the loops might be left out.
        guard total >= 0 else { throw WrongCount(name: name, count: total) }
        report.add(name, speeds.measured, unit: "MB/s", limit: speeds.limit)
    }

    @inline(never)
    static func parse(
        _ chunks: [[UInt8]]
    ) throws(EventStreamError) -> (events: Int, length: Int) {
        var parser = EventParser(maximumEventSize: 64 * 1024 * 1024)
        var (events, length) = (0, 0)
        for chunk in chunks {
            parser.append(chunk)
            while let event = try parser.next() {
                events += 1
                length &+= event.data.utf8.count
            }
        }
        return (events, length)
    }

    struct WrongCount: Error {
        var name: String
        var count: Int
    }
}
