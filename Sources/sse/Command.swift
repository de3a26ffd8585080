import Foundation
import ServerSentEvents

/// The tool: takes the command line and ends with its status.
@main struct Command {
    static func main() async {
        Interruption.leave(await run(Array(CommandLine.arguments.dropFirst())))
    }

    private static func run(_ arguments: [String]) async -> ExitStatus {
        // Time is told from here on.
        _ = Elapsed.sinceStart()
        // Otherwise a reader that leaves, as `head` does, would end the process.
        _ = signal(SIGPIPE, SIG_IGN)
        let isOutputOpen = fcntl(STDOUT_FILENO, F_GETFD) >= 0
        fillStandardDescriptors()
        let terminal = Terminal()
        do throws(UsageError) {
            try checkArguments()
            switch try Invocation(arguments) {
            case .help: return show(Help.text, on: terminal)
            case .completions(let shell): return show(shell.text, on: terminal)
            case .version: return show("sse \(Help.version)\n", on: terminal)
            case .demo:
                return isOutputOpen
                    ? await supervise(terminal) { await Demo.run(on: terminal) } : .success
            case .stream(let url, let options):
                let stream = try options.stream(of: url)
                return isOutputOpen
                    ? await run(stream, options: options, terminal: terminal) : .success
            case .serve(let options):
                let server = try ScriptServer(options)
                return await supervise(terminal) { await server.run(on: terminal) }
            case .record(let url, let options, let file):
                let recording = try Recording(of: url, options, file: file)
                return await supervise(terminal) { await recording.run(on: terminal) }
            }
        } catch {
            terminal.complain(error.message)
            return .usage
        }
    }

    /// Throws if an argument is no text: Swift would repair it, and another body would be sent, or
    /// another file written.
    private static func checkArguments() throws(UsageError) {
        let arguments = UnsafeBufferPointer(
            start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        for argument in arguments.dropFirst() {
            guard let argument, String(validatingCString: argument) != nil else {
                throw UsageError(
                    "An argument is not UTF-8: give what is no text in a file, as in `-d @FILE`.")
            }
        }
    }

    private static func run(
        _ stream: EventStream, options: StreamOptions, terminal: Terminal
    ) async -> ExitStatus {
        let session = StreamSession(
            printer: options.printer(for: terminal), terminal: terminal, types: options.types,
            limit: options.count)
        return await supervise(terminal) { await session.run(stream) }
    }

    /// Runs an operation that ends early at a signal, or when nobody reads standard output.
    private static func supervise(
        _ terminal: Terminal, _ operation: @escaping @Sendable () async -> ExitStatus
    ) async -> ExitStatus {
        let (watching, watch) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            for await _ in watching {}
            return await operation()
        }
        terminal.whenOutputCloses { task.cancel() }
        let interruption = Interruption()
        let status = await interruption.during {
            watch.finish()
            return await task.value
        } stop: {
            terminal.interrupt()
            task.cancel()
        }
        if interruption.status != nil { terminal.tidy() }
        return interruption.status ?? status
    }

    private static func show(_ text: String, on terminal: Terminal) -> ExitStatus {
        if case .failed(let code) = terminal.output.write(text) {
            terminal.complain("Standard output cannot be written: \(String(errorNumber: code)).")
            return .failure
        }
        return .success
    }

    /// Gives the standard descriptors that are closed to nowhere, lest a socket gets their number
    /// and the sentences meant for people.
    private static func fillStandardDescriptors() {
        var opened = open("/dev/null", O_RDWR)
        while (0...STDERR_FILENO).contains(opened) { opened = open("/dev/null", O_RDWR) }
        if opened >= 0 { close(opened) }
    }
}
