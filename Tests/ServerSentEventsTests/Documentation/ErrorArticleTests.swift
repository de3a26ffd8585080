import Foundation
import Testing

/// The article "Handling errors" has a section for every code, with an example that leads to it.
@Suite struct ErrorArticleTests {
    private let article: String
    private let codes: [String]

    init() throws {
        article = try Repository.text("Docs/ServerSentEvents.docc/HandlingErrors.md")
        codes = try Repository.text(
            "Sources/ServerSentEvents/Model/EventStreamError+Code.swift"
        )
        .matches(of: /public static let (\w+)/).map { String($0.1) }
    }

    /// The sections below "Each code": their headings, and what follows them.
    private var sections: [(code: String, text: String)] {
        let chapters = article.components(separatedBy: "\n## ")
        let chapter = chapters.first { $0.hasPrefix("Each code\n") } ?? ""
        return chapter.components(separatedBy: "\n### ").dropFirst().map { section in
            let lines = section.split(
                separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(lines[0]), lines.dropFirst().joined())
        }
    }

    @Test func everyCodeHasASection() {
        #expect(codes.count >= 14)
        #expect(sections.map(\.code) == codes)
    }

    @Test func everyCodeIsInTheTable() {
        let rows = article.split(separator: "\n").filter { $0.hasPrefix("| ") }
        for code in codes where !["interrupted", "unknownType"].contains(code) {
            #expect(rows.contains { $0.contains("``EventStreamError/Code/\(code)``") }, "\(code)")
        }
    }

    /// `Docs/check` runs the examples, and compares what they print.
    @Test func everySectionHasAnExampleThatPrintsTheCode() throws {
        for (code, text) in sections {
            let parts = text.components(separatedBy: "\n```\n\nIt prints:\n\n```\n")
            try #require(parts.count == 2, "\(code)")
            #expect(parts[0].contains("\n```swift\n"), "\(code)")
            let words = parts[1].prefix { $0 != "`" }.split(whereSeparator: \.isWhitespace)
            #expect(words.contains { $0 == code }, "\(code)")
        }
    }
}
