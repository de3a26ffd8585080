/// How long an event takes, one each millisecond; the limit is a bare read loop.
enum LatencySuite: Suite {
    static let name = "latency"

    static func run(_ report: Report) async throws {
        let server = try Child(["serve"])
        let port = try server.port()
        for tested in BenchmarkedTransport.all {
            let figures = try Client.figures(name, tested, port)
            for percentile in ["p50", "p99"] {
                report.add(
                    "\(name).\(tested.name).\(percentile)", figures[percentile] ?? 0, unit: "µs",
                    limit: figures["\(percentile)-limit"])
            }
            report.add(
                "\(name).\(tested.name).cpu", figures["cpu"] ?? 0, unit: "s",
                limit: figures["cpu-limit"])
        }
        try server.stop()
    }
}
