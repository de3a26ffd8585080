/// What the place where a text goes understands.
struct Style: Sendable, Equatable {
    /// Whether it is a terminal, which obeys control characters.
    var isTerminal: Bool

    /// Whether it shows colours.
    var hasColour: Bool

    static let file = Style(isTerminal: false, hasColour: false)

    init(isTerminal: Bool, hasColour: Bool) {
        self.isTerminal = isTerminal
        self.hasColour = hasColour
    }

    /// The style of a place, by the conventions: see <https://no-color.org>.
    init(isTerminal: Bool, environment: [String: String]) {
        self.isTerminal = isTerminal
        hasColour =
            isTerminal && environment["NO_COLOR", default: ""].isEmpty
            && environment["TERM"] != "dumb"
    }

    func dim(_ text: String) -> String { hasColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

    func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// A server's text, which a terminal must not obey and a file gets as it is.
    func plain(_ text: String) -> String { isTerminal ? text.withVisibleControls : text }
}
