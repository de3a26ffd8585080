import ServerSentEvents

/// How the happenings of a stream are shown: makes texts and prints nothing itself.
protocol Printer: Sendable {
    /// What to print for one happening; `nil` for nothing.
    mutating func line(for update: EventStream.Update) -> PrintedText?

    /// How it ends once the stream has ended well.
    func finished() -> Conclusion

    /// How it ends once the stream has failed; the sentence on standard error comes besides.
    func failed(_ error: EventStreamError) -> Conclusion
}
