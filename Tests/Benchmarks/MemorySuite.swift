/// How much memory grows while a consumer stalls and the server sends all it can, and how long the
/// events of another stream take meanwhile; their limit is the time they take before.
enum MemorySuite: Suite {
    static let name = "memory"

    static func run(_ report: Report) async throws {
        let server = try Child(["serve"])
        let port = try server.port()
        for tested in BenchmarkedTransport.all + [.withoutPause] {
            let figures = try Client.figures(name, tested, port)
            report.add("\(name).\(tested.name)", (figures["growth"] ?? 0) / 1e6, unit: "MB")
            for percentile in ["p50", "p99"] {
                report.add(
                    "\(name).\(tested.name).other.\(percentile)", figures[percentile] ?? 0,
                    unit: "µs", limit: figures["\(percentile)-limit"])
            }
        }
        try server.stop()
    }
}
