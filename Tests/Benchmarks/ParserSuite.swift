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
                try await measure(
                    workload("\(body.name).\(name)", body, size: bodySize, chunkSize: size), report)
            }
            try await measure(byteByByte(body), report)
            try await measure(eventAChunk(body), report)
        }
        for size in longLines { try await measure(longLine(size), report) }
    }

    /// Parsing a body that is handed over as bytes, not as arrays.
    static func byteByByte(_ body: Body) -> Workload {
        let bytes = body.bytes(size: 128 * 1024)
        return workload("\(body.name).byte", body, bytes) { try parse(bytes) }
    }

    /// Parsing events that come each in a chunk of its own, as a server sends what happens now.
    static func eventAChunk(_ body: Body) -> Workload {
        workload(
            "\(body.name).1event", body, size: 128 * 1024, chunkSize: body.unit.utf8.count)
    }

    /// In MiB: the second line should take twice as long as the first one.
    static let longLines = [8, 16]

    /// Parsing a single line that comes in small chunks.
    static func longLine(_ size: Int) -> Workload {
        workload(
            "long-line.\(size)", Body.line(size: size * 1024 * 1024), size: 0, chunkSize: 1400)
    }

    /// Parsing a body that comes in chunks of one size.
    ///
    /// - Parameters:
    ///   - name: What the work is called, after the suite's own name.
    ///   - body: What to parse.
    ///   - size: About how many bytes of it.
    ///   - chunkSize: The size of all chunks but the last.
    /// - Returns: The work.
    static func workload(_ name: String, _ body: Body, size: Int, chunkSize: Int) -> Workload {
        let bytes = body.bytes(size: size)
        let chunks = bytes.chunks(of: chunkSize)
        return workload(name, body, bytes) { try parse(chunks) }
    }

    private static func workload(
        _ name: String, _ body: Body, _ bytes: [UInt8],
        parse: @escaping @Sendable () throws -> (events: Int, length: Int)
    ) -> Workload {
        let events = bytes.count / body.unit.utf8.count * body.eventsPerUnit
        let name = "\(self.name).\(name)"
        return Workload(name: name, body: body, bytes: bytes, events: events) {
            let (count, length) = try parse()
            guard count == events else { throw Workload.WrongCount(name: name, count: count) }
            return length
        }
    }

    private static func measure(_ work: Workload, _ report: Report) async throws {
        var total = 0
        let speeds = try await Rounds.speeds(bytes: work.bytes.count) {
            total &+= try await work.run()
        } limit: {
            total &+= LimitLoop.run(work.bytes, prefix: work.body.prefix)
        }
        // Without a use of the sum the loops might be left out.
        guard total >= 0 else { throw Workload.WrongCount(name: work.name, count: total) }
        report.add(work.name, speeds.measured, unit: "MB/s", limit: speeds.limit)
    }

    @inline(never)
    static func parse(
        _ chunks: [[UInt8]]
    ) throws(EventStreamError) -> (events: Int, length: Int) {
        try parse(chunks) { $0.append($1) }
    }

    @inline(never)
    private static func parse(
        _ bytes: [UInt8]
    ) throws(EventStreamError) -> (events: Int, length: Int) {
        try parse(bytes) { $0.append($1) }
    }

    @inline(__always)
    private static func parse<Piece>(
        _ pieces: [Piece], append: (inout EventParser, Piece) -> Void
    ) throws(EventStreamError) -> (events: Int, length: Int) {
        var parser = EventParser(maximumEventSize: 64 * 1024 * 1024)
        var (events, length) = (0, 0)
        for piece in pieces {
            append(&parser, piece)
            while let event = try parser.next() {
                events += 1
                length &+= event.data.utf8.count
            }
        }
        return (events, length)
    }
}
