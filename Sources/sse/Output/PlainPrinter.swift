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
        var text = ""
        if event.type != "message" { text += output.bold(output.plain(event.type)) + "\n" }
        for line in event.data.split(separator: "\n", omittingEmptySubsequences: false) {
            text += "  " + output.plain(String(line)) + "\n"
        }
        if !event.lastEventID.isEmpty {
            text += output.dim("id " + output.plain(event.lastEventID)) + "\n"
        }
        return text + "\n"
    }

    private func state(_ text: String) -> PrintedText? {
        showsUpdates || error.isTerminal ? note("* \(text)") : nil
    }

    private func note(_ text: String) -> PrintedText {
        .note(error.dim(error.plain(text)) + "\n")
    }
}
