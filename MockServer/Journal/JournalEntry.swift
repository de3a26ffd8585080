import ServerSentEvents

/// What happened to one request.
///
/// ```swift
/// for entry in server.journal { print(entry) }
/// // #1 GET /feed  last-event-id: -   200, reply 1 of 2, stopped at step 4 of 4 .drop(.reset)
/// //    sent: retry 1 ms | "one" id=1      ended by the server at +3 ms
/// ```
///
/// What it prints leaves out the query, and the values of header fields that may be credentials.
public struct JournalEntry: Sendable, Hashable {
    /// The number of the request on its path, from 1.
    public var number: Int

    /// The request; `Authorization`, `Proxy-Authorization` and `Cookie` are redacted, also for code:
    /// ``Connection/request`` has them.
    public var request: Request

    /// When the request was read, on the server's clock, since the server started.
    public var startedAt: Duration

    /// The status that was answered; `nil` if none was.
    public var status: Int?

    /// The number of the reply in the script of the path, from 1; `nil` if there is none for it.
    public var reply: Int?

    /// How many replies that script has.
    public var replyCount: Int?

    /// The number of the step that was reached, from 1; 0 before the first.
    public var step: Int

    /// How many steps the reply has.
    public var stepCount: Int

    /// The step that was reached, as written in the script.
    public var stepDescription: String?

    /// What was written, in few words each; of long streams only the two ends.
    public var sent: [String]

    /// The last reconnection time the client was told.
    public var retry: Duration?

    /// How many bytes of the body were written, without the framing.
    public var bytesSent: Int

    /// How it ended; `nil` while it goes on.
    public var ending: Ending?

    /// When the client closed its side after the server ended the answer, since the request.
    public var clientClosedAt: Duration?

    /// Whether ``Connection/stall()`` made it fall silent, for hints.
    var isStalled = false
}

extension JournalEntry: CustomStringConvertible {
    /// Two lines for a person.
    public var description: String {
        lines.joined(separator: "\n")
    }

    var lines: [String] {
        let target = request.path + (request.query != nil ? "?\(Redaction.mark)" : "")
        let id = request.lastEventID ?? "-"
        let first = "#\(number) \(request.method) \(target)  last-event-id: \(id)   \(answer)"
        let bytes = bytesSent > 0 ? "\(bytesSent) bytes" : "nothing"
        let items = sent.isEmpty ? bytes : sent.joined(separator: " | ")
        return [first, "   sent: \(items)      \(end)"]
    }

    private var answer: String {
        var parts = [status.map(String.init) ?? "no status"]
        if let reply, let replyCount { parts.append("reply \(reply) of \(replyCount)") }
        if let stepDescription, step > 0 {
            let verb = ending == nil ? "at" : "stopped at"
            let count = stepCount > 0 ? " of \(stepCount)" : ""
            parts.append("\(verb) step \(step)\(count) \(stepDescription)")
        }
        return parts.joined(separator: ", ")
    }

    private var end: String {
        guard let ending else { return "still open" }
        switch (ending.by, ending.cause) {
        case (_, .stopped): return "open until the server was stopped at +\(ending.at.text)"
        case (_, .overflow):
            return "dropped by the server at +\(ending.at.text) with more than the limit "
                + "of its channel's queue"
        case (let party, .reset) where party == .client:
            return "ended by the client at +\(ending.at.text) with a reset"
        case (let party, _): return "ended by the \(party.rawValue) at +\(ending.at.text)"
        }
    }
}
