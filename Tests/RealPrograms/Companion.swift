import Foundation

/// Another program that runs beside a test, with a directory of its own.
///
/// A shell ends it when standard input does: with the test's body, or with the test's process.
package final class Companion {
    package let directory = "/tmp/sse-\(UUID().uuidString)"
    private let life = Pipe()
    private let ending: AsyncStream<Void>

    private init(
        _ program: String, _ arguments: (_ directory: String) -> [String], showsErrors: Bool
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // The threads of Dispatch block all signals, and so would the shell, for ever in `wait`.
        // A browser is a group of processes, the last of which may still write as it dies.
        process.arguments =
            [
                "--default-signal", "/bin/sh", "-c",
                """
                setsid "$@" & exec 2>/dev/null; read line
                kill -KILL -$!; wait $!; until rm -rf "$0"; do :; done
                """,
                directory, program,
            ] + arguments(directory)
        process.standardInput = life
        process.standardOutput = FileHandle.nullDevice
        if !showsErrors { process.standardError = FileHandle.nullDevice }
        let (ending, end) = AsyncStream.makeStream(of: Void.self)
        self.ending = ending
        process.terminationHandler = { _ in end.finish() }
        try process.run()
    }

    deinit {
        try? life.fileHandleForWriting.close()
    }

    /// Runs it for as long as a body runs; when this returns, it and its directory are gone.
    package static func run<Result>(
        _ program: String, _ arguments: (_ directory: String) -> [String],
        showsErrors: Bool = true, _ body: (Companion) async throws -> Result
    ) async throws -> Result {
        let companion = try Companion(program, arguments, showsErrors: showsErrors)
        let result: Result
        do {
            result = try await body(companion)
        } catch {
            await companion.end()
            throw error
        }
        await companion.end()
        return result
    }

    private func end() async {
        try? life.fileHandleForWriting.close()
        for await _ in ending {}
    }
}
