import ServerSentEvents

/// Streams and prints, on a thread that may block until what was printed is read.
///
/// What is not read is not pulled from the stream, so a slow reader costs no memory here.
actor StreamSession {
    private let executor = QueueExecutor("sse.stream")
    private var printer: any Printer
    private let terminal: Terminal

    /// The only event types that are printed and counted; all, if empty.
    private let types: Set<String>

    /// After how many events to stop.
    private let limit: Int?

    private var board: StatusBoard?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        printer: any Printer, terminal: Terminal, types: Set<String> = [], limit: Int? = nil,
        hasStatusLine: Bool = true
    ) {
        self.printer = printer
        self.terminal = terminal
        self.types = types
        self.limit = limit
        board = hasStatusLine && terminal.hasStatusLine ? StatusBoard(on: terminal) : nil
    }

    /// Runs until the stream ends, enough has come, or nobody reads.
    ///
    /// - Parameters:
    ///   - stream: What to print.
    ///   - introduction: What to print before it.
    /// - Returns: The exit status, unless a signal has the last word.
    func run(_ stream: EventStream, after introduction: PrintedText? = nil) async -> ExitStatus {
        if let status = introduction.flatMap({ terminal.show($0) }) { return status }
        let ticking = board.map { _ in Task { try await tick() } }
        defer { ticking?.cancel() }
        do throws(EventStreamError) {
            if let status = try await print(stream.updates) { return status }
        } catch {
            let conclusion = printer.failed(error)
            if let status = conclusion.text.flatMap({ terminal.show($0) }) { return status }
            terminal.complain(error.sentence)
            return conclusion.status
        }
        // Cut short from outside, it has not finished.
        if Task.isCancelled { return .success }
        let conclusion = printer.finished()
        return conclusion.text.flatMap { terminal.show($0) } ?? conclusion.status
    }

    /// Prints until there is enough; a status if the printing itself came to an end.
    private func print(_ updates: EventStream.Updates) async throws(EventStreamError) -> ExitStatus?
    {
        defer {
            // Whatever comes now is printed without it.
            board?.clear()
            board = nil
        }
        var count = 0
        for try await update in updates {
            if case .event(let event) = update {
                guard types.isEmpty || types.contains(event.type) else { continue }
                count += 1
            }
            board?.note(update)
            if let text = printer.line(for: update) {
                board?.clear()
                if let status = terminal.show(text) { return status }
            }
            if count == limit { return nil }
            board?.draw()
        }
        return nil
    }

    /// Keeps the status line up to date while nothing comes.
    private func tick() async throws {
        while !Task.isCancelled {
            board?.draw()
            try await ContinuousClock().sleep(for: .milliseconds(100))
        }
    }
}
