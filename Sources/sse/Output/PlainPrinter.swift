import ServerSentEvents

/// Blocks for people: an event's type if it is named, its data indented, its ID.
struct PlainPrinter: Printer {
    /// The style of standard output, where events go.
    let output: Style

    /// The style of standard error, where all else goes.
    let error: Style

    /// Whether everything is shown that happens.
    ///
    /// Without it, changes of state are shown only to a person, comments never.
    let showsUpdates: Bool

    /// The time since the tool began, which a person is shown.
    let elapsed: @Sendable () -> Duration

    init(
        output: Style, error: Style, showsUpdates: Bool,
        elapsed: @escaping @Sendable () -> Duration = Elapsed.sinceStart
    ) {
        self.output = output
        self.error = error
        self.showsUpdates = showsUpdates
        self.elapsed = elapsed
    }

    func line(for update: EventStream.Update) -> PrintedText? {
        switch update {
        case .event(let event): .result(block(event))
        case .comment(let text): showsUpdates ? note(": \(text)") : nil
        case .diagnostic(let text): showsUpdates ? note("! \(text)") : nil
        case .connecting(attempt: 1): state("connecting")
        case .connecting(let attempt): state("connecting, attempt \(attempt)")
        case .open: state("open")
        case .disconnected(let disconnect):
            state(
                """
                disconnected, next attempt in \(disconnect.retryAfter.secondsText) s: \
                \(disconnect.reason.sentence)
                """)
        }
    }

    func finished() -> Conclusion { Conclusion(text: state("finished"), status: .success) }

    func failed(_ error: EventStreamError) -> Conclusion { Conclusion(status: .failure) }

    /// An event's block, with the blank line that ends it.
    private func block(_ event: ServerSentEvent) -> String {
        let type = event.type == "message" ? nil : output.plain(event.type)
        let id = event.lastEventID.isEmpty ? nil : "id " + output.plain(event.lastEventID)
        let data = event.data.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "  " + output.plain(String($0)) + "\n" }.joined()
        if output.isTerminal {
            let head = [
                output.dim("+\(elapsed().clockText)"),
                type.map { output.coloured(type: event.type, $0) }, id.map(output.dim),
            ]
            return head.compactMap { $0 }.joined(separator: "  ") + "\n" + data + "\n"
        }
        return (type.map { $0 + "\n" } ?? "") + data + (id.map { $0 + "\n" } ?? "") + "\n"
    }

    private func state(_ text: String) -> PrintedText? {
        showsUpdates || error.isTerminal ? note("* \(text)") : nil
    }

    private func note(_ text: String) -> PrintedText {
        let time = error.isTerminal ? "+\(elapsed().clockText)  " : ""
        return .note(error.dim(time + error.plain(text)) + "\n")
    }
}
