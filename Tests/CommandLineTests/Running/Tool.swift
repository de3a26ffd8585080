import Foundation
import Testing

/// The built tool as a process: a test reads its lines, signals it, and awaits its end.
///
/// Every wait ends: a tool that runs for too long is killed, and its status then says so.
final class Tool {
    struct Ending: Equatable {
        /// The exit status; 128 and the signal's number if a signal ended it.
        var status: Int32
        var output: String
        var error: String
    }

    private static let limit = 50.0

    private let process = Process()
    private let ending: AsyncStream<Int32>
    private let output = Pipe()
    private let error = Pipe()
    private lazy var outputLines = Self.lines(of: output).makeAsyncIterator()
    private var readLines: [String] = []
    private var knownStatus: Int32?

    /// Starts the tool.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - input: What it finds on standard input.
    ///   - environment: Variables besides the inherited ones.
    /// - Throws: If it cannot be started.
    convenience init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) throws {
        try self.init(
            Tool.executable, arguments, input: input, environment: environment)
    }

    /// Starts a shell, which finds the tool as `$SSE`.
    convenience init(shell script: String, _ arguments: String...) throws {
        try self.init(
            URL(fileURLWithPath: "/bin/sh"), ["-c", script, "sh"] + arguments,
            environment: ["SSE": Tool.executable.path])
    }

    /// Starts the tool on a terminal, where it writes both outputs; a test reads the terminal.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - terminal: The terminal.
    ///   - environment: Variables besides the inherited ones.
    ///   - command: A shell's command that runs it as `"$@"`.
    /// - Throws: If it cannot be started.
    convenience init(
        _ arguments: [String], on terminal: PseudoTerminal, environment: [String: String] = [:],
        shell command: String? = nil
    ) throws {
        // Whatever terminal the tests themselves have.
        let environment = ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 }
        defer { terminal.handOver() }
        if let command {
            try self.init(
                URL(fileURLWithPath: "/bin/sh"),
                ["-c", command, "sh", Tool.executable.path] + arguments, environment: environment,
                terminal: terminal)
        } else {
            try self.init(
                Tool.executable, arguments, environment: environment, terminal: terminal)
        }
    }

    private init(
        _ executable: URL, _ arguments: [String], input: String = "",
        environment: [String: String] = [:], terminal: PseudoTerminal? = nil
    ) throws {
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }

        let standardInput = Pipe()
        process.standardInput = standardInput
        if let terminal {
            process.standardOutput = FileHandle(fileDescriptor: terminal.descriptor)
            process.standardError = FileHandle(fileDescriptor: terminal.descriptor)
        } else {
            process.standardOutput = output
            process.standardError = error
        }
        let (ending, end) = AsyncStream.makeStream(of: Int32.self)
        self.ending = ending
        process.terminationHandler = { process in
            let isSignal = process.terminationReason == .uncaughtSignal
            end.yield(process.terminationStatus + (isSignal ? 128 : 0))
            end.finish()
        }
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()

        let id = process.processIdentifier
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.limit) { [weak process] in
            if process?.isRunning == true { kill(id, SIGKILL) }
        }
    }

    /// The next line of standard output, without its end; `nil` if there are no more.
    ///
    /// Until the first one is asked for, nobody reads standard output.
    func line() async -> String? {
        let line = await outputLines.next(isolation: #isolation)
        if let line { readLines.append(line) }
        return line
    }

    /// The most memory that the tool has occupied so far, in bytes; known on Linux.
    var peakMemory: Int? {
        let path = "/proc/\(process.processIdentifier)/status"
        let status = try? String(contentsOfFile: path, encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
    }

    func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for the exit status, and reads nothing.
    func status() async -> Int32 {
        if let knownStatus { return knownStatus }
        for await status in ending { knownStatus = status }
        return knownStatus ?? -1
    }

    /// Waits for the end of the tool, and for all that it wrote.
    func ended() async -> Ending {
        while await line() != nil {}
        var errors: [String] = []
        for await line in Self.lines(of: error) { errors.append(line) }
        return Ending(
            status: await status(), output: readLines.joined(separator: "\n"),
            error: errors.joined(separator: "\n"))
    }

    /// Runs the tool to its end.
    static func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:]
    ) async throws -> Ending {
        try await Tool(arguments, input: input, environment: environment).ended()
    }

    /// The lines of a pipe, read on a thread of its own.
    private static func lines(of pipe: Pipe) -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        let handle = pipe.fileHandleForReading
        DispatchQueue(label: "CommandLineTests.pipe").async {
            var unfinished = Data()
            while case let data = handle.availableData, !data.isEmpty {
                unfinished += data
                while let end = unfinished.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: unfinished[..<end], as: UTF8.self))
                    unfinished = Data(unfinished[(end + 1)...])
                }
            }
            if !unfinished.isEmpty {
                continuation.yield(String(decoding: unfinished, as: UTF8.self))
            }
            continuation.finish()
        }
        return lines
    }

    /// The tool lies beside the test bundle.
    private static let executable: URL = {
        let bundles = Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
        let runner = URL(fileURLWithPath: CommandLine.arguments[0])
        let candidates = (bundles + [runner]).map {
            $0.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("sse")
        }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
            ?? URL(fileURLWithPath: "sse")
    }()
}
