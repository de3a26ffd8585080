import Foundation

/// Where the programs are that are clients of a test's server.
enum RealClients {
    private static let root = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../..").standardized

    /// A file that the programs read.
    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    /// The path of such a file.
    static func path(_ name: String) -> String {
        root.appendingPathComponent("Tests/RealClients/\(name)").path
    }

    #if os(Linux)
        /// The first program of a name that can run with arguments: of those that `.ci/run` has
        /// installed, and of those in `PATH`.
        static func program(_ name: String, thatRuns arguments: [String]) async -> String? {
            let installed = root.appendingPathComponent(".build/clients/bin/\(name)").path
            for path in [installed, Program.find(name)].compactMap({ $0 }) {
                if (try? await Program.run(path, arguments)) != nil { return path }
            }
            return nil
        }
    #endif
}
