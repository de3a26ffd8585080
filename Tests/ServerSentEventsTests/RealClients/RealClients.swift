import Foundation
import RealPrograms

/// Where the programs are that are clients of a test's server.
enum RealClients {
    /// A file that the programs read.
    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    /// The path of such a file.
    static func path(_ name: String) -> String {
        Repository.root.appendingPathComponent("Tests/RealPrograms/Clients/\(name)").path
    }

    #if os(Linux)
        /// A Python that has httpx-sse.
        static func python() async -> String? {
            await program("python3", thatRuns: ["-c", "import httpx_sse"])
        }

        /// A Node that has an `EventSource`; that of Node 20 stays silent.
        static func node() async -> String? {
            let check = "process.exit(parseInt(process.versions.node) < 22 ? 1 : 0)"
            return await program("node", thatRuns: ["--experimental-eventsource", "-e", check])
        }

        /// The first program of a name that can run with arguments: the one that `.ci/run` has
        /// installed, or the one in `PATH`.
        private static func program(_ name: String, thatRuns arguments: [String]) async -> String? {
            let installed = Repository.root.appendingPathComponent(".build/clients/bin/\(name)")
                .path
            for path in [installed, Program.find(name)].compactMap(\.self) {
                if (try? await Program.run(path, arguments)) != nil { return path }
            }
            return nil
        }
    #endif
}
