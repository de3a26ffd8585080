import Foundation
import ServerSentEvents
import Testing

/// The article "Limits and memory" names the defaults that the code has.
@Suite struct LimitsTableTests {
    private let article: String

    init() throws {
        article = try Repository.text("Docs/ServerSentEvents.docc/LimitsAndMemory.md")
    }

    /// The default and the error in the row of a setting.
    private func row(_ setting: String) throws -> (text: String, code: String) {
        let row = try #require(
            article.split(separator: "\n").first { $0.hasPrefix("| ``EventStream/\(setting)`` |") },
            "no row for \(setting)")
        let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        try #require(cells.count == 4)
        return (cells[1], cells[3])
    }

    private func text(_ bytes: Int) -> String {
        bytes % (1024 * 1024) == 0 ? "\(bytes / 1024 / 1024) MiB" : "\(bytes / 1024) KiB"
    }

    private func text(_ duration: Duration?) -> String {
        duration.map { "\($0.components.seconds) s" } ?? "none"
    }

    @Test func theDefaultsAreThoseOfTheCode() throws {
        let limits = EventStream.Limits()
        let timeouts = EventStream.Timeouts()
        let rows = [
            ("Limits/eventSize", text(limits.eventSize), "eventTooLarge"),
            ("Limits/bufferHigh", text(limits.bufferHigh), "–"),
            ("Limits/bufferLow", text(limits.bufferLow), "–"),
            ("Limits/bufferMaximum", text(limits.bufferMaximum), "bufferOverflow"),
            ("Limits/redirects", "\(limits.redirects)", "badRedirect"),
            ("Timeouts/open", text(timeouts.open), "timedOut"),
            ("Timeouts/idle", text(timeouts.idle), "timedOut"),
            ("Timeouts/errorBody", text(timeouts.errorBody), "–"),
        ]
        for (setting, value, code) in rows {
            let row = try row(setting)
            #expect(row.text == value)
            #expect(row.code == (code == "–" ? code : "``EventStreamError/Code/\(code)``"))
        }
        #expect(
            article.split(separator: "\n").count { $0.hasPrefix("| ``EventStream/") } == rows.count)
    }
}
