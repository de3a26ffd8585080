import Foundation
import ServerSentEvents

/// `sse record`: streams a URL and writes what comes as a script that `sse serve` plays again.
struct Recording: Sendable {
    private let stream: EventStream
    private let limit: Int?
    private let recorder: Recorder
    private let file: String

    /// Opens the file, and empties it, once nothing else is wrong with the command line.
    init(of url: URL, _ options: StreamOptions, file: String) throws(UsageError) {
        let request = try options.request(for: url)
        let recorder: Recorder
        do {
            let path = url.path(percentEncoded: true)
            recorder = try Recorder(URL(fileURLWithPath: file), path: path.isEmpty ? "/" : path)
        } catch {
            throw UsageError(
                "-o \(file.debugDescription) names a file that cannot be written: check its path.")
        }
        var configuration = options.configuration
        configuration.observePart = { recorder.received($0) }
        stream = EventStream(request, configuration: configuration)
        self.recorder = recorder
        self.file = file
        limit = options.count
    }

    /// Records until the stream ends, enough has come, or the task is cancelled.
    func run(on terminal: Terminal) async -> ExitStatus {
        let printer = RecordingPrinter(style: terminal.error.style)
        let session = StreamSession(printer: printer, terminal: terminal, limit: limit)
        let status = await session.run(stream)
        recorder.finish()
        if let problem = recorder.problem {
            terminal.complain("\(file) cannot be written: \(problem).")
            return .failure
        }
        // What came before an interruption is in the file, and is told, too.
        terminal.note(
            "\(file): \(recorder.summary); play it with `sse serve \(file)`")
        return status
    }
}
