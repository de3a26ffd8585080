/// Many streams at once, ten events in nine seconds on each; the limit is a thread that only reads.
enum StreamsSuite: Suite {
    static let name = "streams"

    private static let counts = [10, 100, 1000, 5000, 10_000]

    static func run(_ report: Report) async throws {
        for count in counts {
            let limit = try limit(count)
            for tested in BenchmarkedTransport.all {
                // With 5,000 streams, FoundationNetworking takes twice the time already.
                if tested.name == BenchmarkedTransport.urlSessionName, count > 5000 { continue }
                let server = try Child(["serve-ticks"])
                let figures = try Client.figures(name, tested, try server.port(), "\(count)")
                let prefix = "\(name).\(tested.name).\(count)"
                let cpu = figures["cpu"] ?? 0
                report.add("\(prefix).rss", (figures["rss"] ?? 0) / 1024, unit: "KiB")
                report.add("\(prefix).cpu", cpu, unit: "s", limit: limit?.cpu)
                report.add("\(prefix).cpu.each", cpu * 1000 / Double(count), unit: "ms")
                report.add(
                    "\(prefix).seconds", figures["seconds"] ?? 0, unit: "s",
                    limit: limit?.seconds)
                try server.stop()
            }
        }
    }

    /// The seconds of CPU and of time of a thread that only reads; `nil` where it has not been written.
    private static func limit(_ count: Int) throws -> (cpu: Double, seconds: Double)? {
        #if os(Linux)
            Usage.raiseDescriptorLimit()
            let server = try Child(["serve-ticks"])
            let figures = try BareStreams.figures(count, port: try server.port())
            try server.stop()
            return figures
        #else
            return nil
        #endif
    }
}
