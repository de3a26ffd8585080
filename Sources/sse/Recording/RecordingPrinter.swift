import ServerSentEvents

/// Tells a person how the connection is, and nobody anything else.
struct RecordingPrinter: Printer {
    private let states: PlainPrinter

    /// Makes a printer.
    ///
    /// - Parameter style: The style of standard error.
    init(style: Style) {
        states = PlainPrinter(output: style, error: style, showsUpdates: false)
    }

    func line(for update: EventStream.Update) -> PrintedText? {
        if case .event = update { nil } else { states.line(for: update) }
    }

    func finished() -> Conclusion { states.finished() }

    func failed(_ error: EventStreamError) -> Conclusion { states.failed(error) }
}
