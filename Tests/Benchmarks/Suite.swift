/// Benchmarks that belong together; the name is what the command line calls them.
protocol Suite {
    static var name: String { get }

    static func run(_ report: Report) async throws
}
