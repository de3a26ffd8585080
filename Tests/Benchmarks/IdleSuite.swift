/// What an open, silent stream costs.
enum IdleSuite: Suite {
    static let name = "idle"

    static func run(_ report: Report) async throws {
        let server = try Child(["serve"])
        let port = try server.port()
        for tested in BenchmarkedTransport.all + [.withoutPause] {
            let figures = try Client.figures(name, tested, port)
            for state in ["cpu", "unanswered"] {
                report.add("\(name).\(tested.name).\(state)", figures[state] ?? 0, unit: "ms/s")
            }
        }
        try server.stop()
    }
}
