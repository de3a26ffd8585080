import ServerSentEvents

/// What must not grow: the time of a byte with a body's length, memory with the number of events.
///
/// The limit is what the shortest body and the smallest number take.
enum GrowthSuite: Suite {
    static let name = "growth"

    private static let splits = [("64B", 64), ("1400B", 1400), ("16KiB", 16 * 1024)]
    private static let mebibytes = [4, 16, 64]
    private static let eventCounts = [10_000, 100_000, 1_000_000, 5_000_000]

    static func run(_ report: Report) async throws {
        for (name, chunkSize) in splits {
            let short = Body.llm.bytes(size: 1024 * 1024).chunks(of: chunkSize)
            for size in mebibytes {
                let bytes = Body.llm.bytes(size: size * 1024 * 1024)
                let chunks = bytes.chunks(of: chunkSize)
                let speeds = try await Rounds.speeds(bytes: bytes.count) {
                    _ = try ParserSuite.parse(chunks)
                } limit: {
                    for _ in 0..<size { _ = try ParserSuite.parse(short) }
                }
                report.add(
                    "\(Self.name).parser.\(name).\(size)", speeds.measured, unit: "MB/s",
                    limit: speeds.limit)
            }
        }
        let server = try Child(["serve"])
        let port = try server.port()
        for tested in BenchmarkedTransport.all {
            var smallest: Double?
            for count in eventCounts {
                let figures = try Client.figures(name, tested, port, "\(count)")
                let peak = (figures["peak"] ?? 0) / 1e6
                report.add(
                    "\(name).\(tested.name).\(count)", peak, unit: "MB", limit: smallest ?? peak)
                smallest = smallest ?? peak
            }
        }
        try server.stop()
    }
}
