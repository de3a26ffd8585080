import ServerSentEvents

/// Streams and prints, on a thread that may block until what was printed is read.
///
/// What is not read is not pulled from the stream, so a slow reader costs no memory here.
actor StreamSession {
    private let executor = QueueExecutor("sse.stream")
    private let printer: any Printer
    private let terminal: Terminal

    /// The only event types that are printed and counted; all, if empty.
    private let types: Set<String>

    /// After how many events to stop.
    private let limit: Int?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(printer: any Printer, terminal: Terminal, types: Set<String> = [], limit: Int? = nil) {
        self.printer = printer
        self.terminal = terminal
        self.types = types
        self.limit = limit
    }

    /// Runs until the stream ends, enough has come, or nobody reads.
    func run(_ stream: EventStream) async -> ExitStatus {
        do throws(EventStreamError) {
            if let status = try await print(stream.updates) { return status }
        } catch {
            let status = printer.failed(error).flatMap { show($0) }
            if status == nil { terminal.complain(error.sentence) }
            return status ?? .failure
        }
        // Cut short from outside, it has not finished.
        if Task.isCancelled { return .success }
        return printer.finished().flatMap { show($0) } ?? .success
    }

    /// Prints until there is enough; a status if the printing itself came to an end.
    private func print(_ updates: EventStream.Updates) async throws(EventStreamError) -> ExitStatus?
    {
        var count = 0
        for try await update in updates {
            if case .event(let event) = update {
                guard types.isEmpty || types.contains(event.type) else { continue }
                count += 1
            }
            if let status = printer.line(for: update).flatMap({ show($0) }) { return status }
            if count == limit { return nil }
        }
        return nil
    }

    /// Prints; a status if that is no longer possible.
    private func show(_ text: PrintedText) -> ExitStatus? {
        switch terminal.print(text) {
        case .written: return nil
        case .closed, .interrupted: return .success
        case .failed(let code):
            terminal.complain("Standard output cannot be written: \(String(errorNumber: code)).")
            return .failure
        }
    }
}
