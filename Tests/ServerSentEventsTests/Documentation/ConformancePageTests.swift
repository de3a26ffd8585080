import Foundation
import Testing

/// The article "The standard, clause by clause" names no test that is not there.
@Suite struct ConformancePageTests {
    /// A test that the page names, as `Folder/File.swift: test`, and the cases in quotes after it.
    struct Proof: Hashable {
        var file: String
        var test: String
        var cases: [String]
    }

    private let article: String

    init() throws {
        article = try Repository.text("Docs/ServerSentEvents.docc/TheStandardClauseByClause.md")
    }

    /// The cells of each row, without the heads and rules of the tables.
    private var rows: [[String]] {
        article.split(separator: "\n").filter { $0.hasPrefix("| ") }
            .map { $0.dropFirst().dropLast().components(separatedBy: " | ") }
            .filter { !$0.contains { $0.contains("---") } && !$0[$0.count - 1].contains("Proof") }
    }

    private func proofs(in text: String) -> [Proof] {
        text.matches(of: /`([A-Za-z\/]+\.swift): (\w+)`((?: "[^"]*")*)/).map { match in
            Proof(
                file: "Tests/ServerSentEventsTests/\(match.1)", test: String(match.2),
                cases: match.3.matches(of: /"([^"]*)"/).map { String($0.1) })
        }
    }

    @Test func everyClauseHasAProof() {
        #expect(rows.count > 60)
        for row in rows {
            #expect(row.count == 3, "\(row)")
            let proof = row[row.count - 1]
            #expect(!proofs(in: proof).isEmpty, "\(row)")
            // Nothing in the cell may be anything else, such as a proof that is misspelt.
            let rest = proof.replacing(/`[A-Za-z\/]+\.swift: \w+`(?: "[^"]*")*/, with: "")
            #expect(rest.allSatisfy { ", ".contains($0) }, "\(rest)")
        }
    }

    @Test func everyProofIsThere() throws {
        for proof in Set(proofs(in: article)) {
            let source = try Repository.text(proof.file)
            let function = source.range(of: "func \(proof.test)(")
            let start = try #require(function, "no \(proof.test) in \(proof.file)").lowerBound
            // Its attribute stands between the function before it and its own name.
            let before = source[..<start]
            let above = before.range(of: "func ", options: .backwards)?.upperBound
            let isTest = before[(above ?? source.startIndex)...].contains("@Test")
            #expect(isTest, "\(proof.test) in \(proof.file) is not run")
            for name in proof.cases {
                let isThere = source.contains("\"\(name)\"")
                #expect(isThere, "no \(name) in \(proof.file)")
            }
        }
    }
}
