import ServerSentEvents

/// How the happenings of a stream are shown: pure, so what is shown can be tested as text.
protocol Printer: Sendable {
    /// What to print for one happening; `nil` for nothing.
    func line(for update: EventStream.Update) -> PrintedText?

    /// What to print once the stream has ended well.
    func finished() -> PrintedText?

    /// What to print on standard output once the stream has failed; the sentence on standard error
    /// comes besides.
    func failed(_ error: EventStreamError) -> PrintedText?
}
