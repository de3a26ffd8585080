/// Many streams at once, ten events in nine seconds on each.
enum StreamsSuite: Suite {
    static let name = "streams"

    static func run(_ report: Report) async throws {
        for tested in BenchmarkedTransport.all {
            for count in [1000, 5000] {
                let server = try Child(["serve-ticks"])
                let figures = try Client.figures(name, tested, try server.port(), "\(count)")
                let prefix = "\(name).\(tested.name).\(count)"
                report.add("\(prefix).rss", (figures["rss"] ?? 0) / 1024, unit: "KiB")
                report.add("\(prefix).cpu", figures["cpu"] ?? 0, unit: "s")
                report.add("\(prefix).seconds", figures["seconds"] ?? 0, unit: "s", limit: 9)
                try server.stop()
            }
        }
    }
}
