/// The text of a failure: what was expected, what happened instead, and what may be the reason.
struct Explanation {
    /// How many entries of the journal are shown.
    private static let shownEntries = 6

    var headline: String
    var place: SourcePlace
    var issues: [Issue] = []
    var entries: [JournalEntry] = []
    var hint: String?

    /// The whole text.
    var text: String {
        var lines = ["MockEventServer: \(headline)   \(place)"]
        let omitted = entries.count - Self.shownEntries
        if omitted > 0 { lines.append("  (\(omitted) earlier requests)") }
        for entry in entries.suffix(Self.shownEntries) {
            lines += entry.lines.map { "  " + $0 }
        }
        lines += issues.map { "  \($0)" }
        if let hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
