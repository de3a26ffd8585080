import ServerSentEvents

/// Keeps a status line under what is printed, and takes it away before anything else is.
///
/// The cursor stays at the start of the line, so that clearing from there on clears it all, also
/// after the window has become narrower and the terminal has wrapped it.
struct StatusBoard {
    private static let clearing = "\r\u{1B}[J"
    /// Anew no more often than this, however much comes.
    private static let interval = Duration.milliseconds(50)

    private let terminal: Terminal
    private let style: Style
    private var line = StatusLine()
    private var shown: String?
    private var drawnAt: Duration?

    init(on terminal: Terminal) {
        self.terminal = terminal
        style = terminal.error.style
    }

    /// Notes what happened; it is shown with what is drawn next.
    mutating func note(_ update: EventStream.Update) {
        line.note(update, at: Elapsed.sinceStart())
        if case .event = update { return }
        // A change of state is not to be missed.
        drawnAt = nil
    }

    /// Takes the line away.
    mutating func clear() {
        guard shown != nil else { return }
        shown = nil
        _ = terminal.print(.note(Self.clearing))
    }

    /// Shows the line as it is now, unless that was done a moment ago.
    mutating func draw() {
        let now = Elapsed.sinceStart()
        if let drawnAt, now - drawnAt < Self.interval { return }
        let text = line.text(at: now, width: terminal.error.width)
        guard text != shown else { return }
        shown = text
        drawnAt = now
        _ = terminal.print(.note(Self.clearing + style.dim(text) + "\r"))
    }
}
