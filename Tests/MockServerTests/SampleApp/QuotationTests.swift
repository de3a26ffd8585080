import Foundation
import Testing

/// The documentation shows the sample app as it is.
struct QuotationTests {
    @Test(arguments: [
        (
            "TestingYourApp.md",
            ["PricesModel.swift", "PricesModelWaiting.swift", "PricesModelTests.swift"], 5
        ),
        ("RecordingAndReplaying.md", ["RecordedPricesTests.swift"], 2),
    ])
    func theArticleQuotesTheSampleApp(name: String, files: [String], count: Int) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let root = folder.appendingPathComponent("../../..").standardized
        let article = try text(
            of: root.appendingPathComponent("Docs/MockServer.docc").appendingPathComponent(name))
        let sample = try files.flatMap {
            lines(of: try text(of: folder.appendingPathComponent($0)))
        }
        let blocks = article.components(separatedBy: "```swift\n").dropFirst()
            .filter { !$0.hasPrefix("// swift-tools-version") }
            .map { lines(of: $0.components(separatedBy: "\n```")[0]) }
        #expect(blocks.count == count)
        for block in blocks {
            var rest = sample[...]
            for line in block {
                let index = try #require(
                    rest.firstIndex(of: line), "not in the sample app, or not here: \(line)")
                rest = rest[(index + 1)...]
            }
        }
    }

    @Test func theArticleShowsTheRecording() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let article = try text(
            of: folder.appendingPathComponent(
                "../../../Docs/MockServer.docc/RecordingAndReplaying.md"
            ).standardized)
        let recording = try text(of: folder.appendingPathComponent("Recordings/prices.json"))
        #expect(article.contains("```json\n\(recording)```\n"))
    }

    private func text(of file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }

    /// The lines that count, without indentation, and without what a block needs to stand alone.
    private func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { line in
                let standsAlone = ["import ", "@testable import ", "extension "]
                return !line.isEmpty && !standsAlone.contains { line.hasPrefix($0) }
            }
    }
}
