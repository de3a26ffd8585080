import ServerSentEvents

/// One JSON object a line, for programs.
///
/// Written by hand: the order of the keys is part of the contract, and an event costs no encoder.
struct JSONPrinter: Printer {
    let showsUpdates: Bool

    func line(for update: EventStream.Update) -> PrintedText? {
        switch update {
        case .event(let event):
            object(
                "event",
                """
                "type":\(JSONText.string(event.type)),"data":\(JSONText.string(event.data)),\
                "lastEventID":\(JSONText.string(event.lastEventID))
                """)
        case _ where !showsUpdates: nil
        case .connecting(let attempt): object("connecting", "\"attempt\":\(attempt)")
        case .open(let head): object("open", "\"status\":\(head.status)")
        case .comment(let text):
            .result("{\"comment\":\(JSONText.string(text))}\n")
        case .diagnostic(let text):
            .result("{\"diagnostic\":\(JSONText.string(text))}\n")
        case .disconnected(let disconnect):
            object(
                "disconnected",
                """
                "reason":\(JSONText.string(disconnect.reason.sentence)),\
                "retryAfter":\(disconnect.retryAfter.secondsText)
                """)
        }
    }

    func finished() -> Conclusion {
        Conclusion(text: showsUpdates ? object("finished", "") : nil, status: .success)
    }

    func failed(_ error: EventStreamError) -> Conclusion {
        Conclusion(text: showsUpdates ? failure(error) : nil, status: .failure)
    }

    private func failure(_ error: EventStreamError) -> PrintedText {
        let status = error.response.map { "\"status\":\($0.status)," } ?? ""
        return object(
            "failed",
            """
            "code":\(JSONText.string(error.code.description)),\(status)\
            "message":\(JSONText.string(error.sentence))
            """)
    }

    private func object(_ name: String, _ members: String) -> PrintedText {
        .result("{\"\(name)\":{\(members)}}\n")
    }
}
