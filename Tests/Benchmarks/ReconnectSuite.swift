/// Connections of ten events, one after the other; the limit is a bare URLSession.
enum ReconnectSuite: Suite {
    static let name = "reconnect"

    static func run(_ report: Report) async throws {
        let server = try Child(["serve"])
        let port = try server.port()
        for tested in BenchmarkedTransport.all {
            let figures = try Client.figures(name, tested, port)
            let prefix = "\(name).\(tested.name)"
            report.add("\(prefix).rate", figures["rate"] ?? 0, unit: "1/s", limit: figures["limit"])
            report.add("\(prefix).rss", (figures["rss"] ?? 0) / 1e6, unit: "MB")
            report.add("\(prefix).fds", figures["fds"] ?? 0, unit: "")
        }
        try server.stop()
    }
}
