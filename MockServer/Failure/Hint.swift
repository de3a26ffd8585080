/// Guesses, from what happened, why the client does not do what the test waits for.
enum Hint {
    /// Why a connection did not come.
    ///
    /// - Parameters:
    ///   - path: The path that was waited for.
    ///   - journal: What happened on all paths.
    ///   - limit: How long the wait was.
    ///   - baseURL: Where the server is.
    /// - Returns: A sentence, or `nil` if nothing stands out.
    static func forMissingConnection(
        on path: String, journal: [JournalEntry], limit: Duration, baseURL: String
    ) -> String? {
        guard let last = journal.last(where: { $0.request.path == path }) else {
            return nothingSeen(on: path, journal, baseURL)
        }
        guard let ending = last.ending else { return forOpenConnection(last) }
        guard ending.by == .server else {
            return "the client left connection \(last.number) by itself at +\(ending.at.text)."
        }
        let closedAt = last.clientClosedAt ?? (ending.cause == .reset ? ending.at : nil)
        let side =
            closedAt.map { "it closed its side at +\($0.text)" }
            ?? "it has not closed its side"
        if let retry = last.retry {
            let waits = retry >= limit ? ", which is longer than this wait," : ""
            return "the client was told retry: \(retry.text)\(waits) and never came back; \(side)."
        }
        switch last.status {
        case 204?: return "204 tells the client not to come back."
        case let status? where status >= 400:
            return "the answer was \(status); a client may take that as final; \(side)."
        case let status? where status >= 300:
            return "the answer was a redirect (\(status)), which the client did not follow here."
        default:
            return "the client was not told any retry: and never came back; \(side)."
        }
    }

    /// Why a connection is still open.
    ///
    /// - Parameter entry: What happened on it.
    /// - Returns: A sentence.
    static func forOpenConnection(_ entry: JournalEntry) -> String {
        let open = "connection \(entry.number) on \(entry.request.path) is still open"
        if entry.isStalled {
            return "\(open): stall() made it fall silent; resume() lets it go on."
        }
        guard let description = entry.stepDescription else { return "\(open)." }
        if description.hasPrefix(".gate") {
            return "\(open): its script stands before \(description); open it with openGate."
        }
        if description.hasPrefix(".wait") {
            return "\(open): its script stands in \(description); "
                + "on a ManualClock, somebody must advance it."
        }
        return "\(open): its script stands at step \(entry.step) of \(entry.stepCount) "
            + "\(description), and the client has not left."
    }

    private static func nothingSeen(
        on path: String, _ journal: [JournalEntry], _ baseURL: String
    ) -> String {
        guard !journal.isEmpty else {
            return "no request came at all; the server is at \(baseURL)."
        }
        let paths = Set(journal.map(\.request.path)).sorted().joined(separator: ", ")
        return "requests came for \(paths), none for \(path)."
    }
}
