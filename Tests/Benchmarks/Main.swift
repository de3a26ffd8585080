import Dispatch
import Foundation

/// The command line: `Benchmarks [--json] [--plots FOLDER] [suite]…`, all suites if none is named; or
/// `Benchmarks chaos [option]…`, which measures nothing, but takes ten minutes and may fail.
@main enum Main {
    /// The suites in the order they run; a new one is a file of its own and a line here.
    private static var suites: [any Suite.Type] {
        [
            ParserSuite.self,
            IteratorSuite.self,
            ClosingSuite.self,
            MockServerSuite.self,
            EndToEndSuite.self,
            LatencySuite.self,
            StreamsSuite.self,
            MemorySuite.self,
            ReconnectSuite.self,
            IdleSuite.self,
            GrowthSuite.self,
            FleetSuite.self,
            InstructionsSuite.self,
        ]
    }

    static func main() {
        Task { @concurrent in
            do {
                try await run()
                exit(0)
            } catch {
                complain("Benchmarks: \(error)")
                exit(1)
            }
        }
        // An asynchronous `main` lets the main thread go, which valgrind does not survive.
        DispatchSemaphore(value: 0).wait()
    }

    private static func run() async throws {
        // The other processes of a benchmark, which it starts itself.
        switch CommandLine.arguments.dropFirst().first {
        case "serve": try FeedServer.run()
        case "serve-ticks": try TickServer.run()
        case "measure": return try await Client.run(CommandLine.arguments.dropFirst(2))
        case "work": return try await InstructionsSuite.work(CommandLine.arguments.dropFirst(2))
        case "chaos":
            guard let options = ChaosOptions(CommandLine.arguments.dropFirst(2)) else {
                complain("usage: Benchmarks \(ChaosOptions.usage)")
                exit(64)
            }
            exit(try await ChaosSoak(options).run() ? 0 : 1)
        default: break
        }
        var names: [String] = []
        var writesJSON = false
        var plots: URL?
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            if argument == "--json" {
                writesJSON = true
            } else if argument == "--plots", let folder = arguments.popFirst() {
                plots = URL(fileURLWithPath: folder)
            } else if suites.contains(where: { $0.name == argument }) {
                names.append(argument)
            } else {
                complain("Benchmarks: '\(argument)' is no suite and no option")
                let choice = suites.map { $0.name }.joined(separator: "|")
                complain("usage: Benchmarks [--json] [--plots FOLDER] [\(choice)]")
                complain("       Benchmarks \(ChaosOptions.usage)")
                exit(64)
            }
        }
        #if DEBUG
            complain("warning: this is a debug build, its figures mean nothing: use -c release")
        #endif
        let report = Report(writesJSON: writesJSON, plots: plots)
        for suite in suites where names.isEmpty || names.contains(suite.name) {
            try await suite.run(report)
        }
    }

    /// Writes a line to the standard error stream.
    static func complain(_ text: String) {
        // Not by way of `stderr`: that is a mutable global, which Swift 6 lets nobody read.
        var line = text + "\n"
        line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }
}
