/// From the server's write to the loop, as fast as it goes; the limit is a bare read loop.
enum EndToEndSuite: Suite {
    static let name = "end-to-end"

    static func run(_ report: Report) async throws {
        let server = try Child(["serve"])
        let port = try server.port()
        for tested in BenchmarkedTransport.all + [.withoutPause] {
            let figures = try Client.figures(name, tested, port)
            let prefix = "\(name).\(tested.name)"
            report.add(
                prefix, figures["speed"] ?? 0, unit: "events/s", limit: figures["limit"])
            report.add(
                "\(prefix).cpu", figures["cpu"] ?? 0, unit: "s", limit: figures["cpu-limit"])
            report.add("\(prefix).rss", (figures["rss"] ?? 0) / 1e6, unit: "MB")
        }
        try server.stop()
    }
}
