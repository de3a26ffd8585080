/// What the place where a text goes understands.
struct Style: Sendable, Equatable {
    /// Whether it is a terminal, which obeys control characters.
    var isTerminal: Bool

    /// Whether it shows colours.
    var hasColour: Bool

    /// Whether a line that was written can be taken back.
    var canRedraw: Bool

    static let file = Style(isTerminal: false, hasColour: false)

    init(isTerminal: Bool, hasColour: Bool, canRedraw: Bool = false) {
        self.isTerminal = isTerminal
        self.hasColour = hasColour
        self.canRedraw = canRedraw
    }

    /// The style of a place, by the conventions: see <https://no-color.org>.
    init(isTerminal: Bool, environment: [String: String]) {
        self.isTerminal = isTerminal
        canRedraw = isTerminal && environment["TERM"] != "dumb"
        hasColour = canRedraw && environment["NO_COLOR", default: ""].isEmpty
    }

    func dim(_ text: String) -> String { hasColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

    func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// An event type in a colour of its own, the same in every run.
    func coloured(type: String, _ text: String) -> String {
        // FNV-1a: Swift's own hashes differ from run to run.
        let hash = type.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let colour = Self.colours[Int(hash % UInt32(Self.colours.count))]
        return hasColour ? "\u{1B}[1;\(colour)m\(text)\u{1B}[0m" : text
    }

    /// Green, yellow, blue, magenta and cyan; red is what people take for an error.
    private static let colours = [32, 33, 34, 35, 36]

    /// A server's text, which a terminal must not obey and a file gets as it is.
    func plain(_ text: String) -> String { isTerminal ? text.withVisibleControls : text }
}
