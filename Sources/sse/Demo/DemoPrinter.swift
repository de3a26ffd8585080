import ServerSentEvents

/// Tells the demo as a story, and keeps the tally.
struct DemoPrinter: Printer {
    let style: Style
    private var tally = Tally()

    init(style: Style) {
        self.style = style
    }

    static let introduction = """
        A feed of \(Order.all.count) orders, from a server in this process that breaks it three ways.
        One loop, `for try await event in EventStream(url: url)`, receives it all.
        The server says `retry: 300`: attempts come after 0.3 s, or by chance up to a half later.


        """

    mutating func line(for update: EventStream.Update) -> PrintedText? {
        tally.count(update)
        return switch update {
        case .connecting:
            .result(style.dim("connection \(tally.connections)\(resumption)") + "\n")
        case .event(let event):
            .result("  #\(event.lastEventID) \(style.bold(event.type)) \(event.data)\n")
        case .disconnected(let disconnect):
            .result(
                """
                  \(style.bold("!")) the server \(DemoFeed.story(ofConnection: tally.connections))
                \(style.dim("    next attempt in \(disconnect.retryAfter.secondsText) s"))

                """)
        case .open, .comment, .diagnostic: nil
        }
    }

    func finished() -> Conclusion {
        Conclusion(
            text: .result("\n\(tally.summary(of: Order.all))\n"),
            status: tally.isPerfect(for: Order.all) ? .success : .failure)
    }

    func failed(_ error: EventStreamError) -> Conclusion {
        Conclusion(text: finished().text, status: .failure)
    }

    private var resumption: String {
        tally.orders.last.map { ", Last-Event-ID: \($0.id)" } ?? ""
    }
}
