import Foundation
import MockServer
import Testing

@testable import sse

extension RunningTests {
    /// The article about the tool tells of every option, and its examples are true.
    @Suite struct ArticleTests {
        private let article: String

        init() throws {
            let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..")
                .standardized
            article = try String(
                contentsOf: root.appendingPathComponent(
                    "Docs/ServerSentEvents.docc/TheCommandLineTool.md"),
                encoding: .utf8)
        }

        private func blocks(_ language: String) -> [String] {
            article.components(separatedBy: "\n```\(language)\n").dropFirst().map {
                $0.components(separatedBy: "\n```")[0] + "\n"
            }
        }

        /// As a bold name in the text, with the name of its value.
        @Test(arguments: Option.allCases)
        func everyOptionIsDescribed(option: Option) {
            let names = option.names.map { "`\($0)" }.joined(separator: "`, ")
            let value = option.value.map { " " + $0.name } ?? ""
            #expect(article.contains("**\(names)\(value)`**"))
        }

        @Test func theExamplesAreTrue() async throws {
            let json = try #require(blocks("json").first)
            let script = try Script(json: Data(json.utf8))
            let examples = blocks("").filter { $0.hasPrefix("$ sse ") }
            #expect(examples.count == 3)
            for example in examples {
                try await withServer { server in
                    server.script(script)
                    let command = example.prefix { $0 != "\n" }.dropFirst("$ sse".count)
                        .replacing("127.0.0.1:8080", with: "127.0.0.1:\(server.port)")
                    let tool = try Tool(shell: "\"$SSE\"" + command)
                    let ending = await tool.ended()
                    #expect(ending.status == 0)
                    let expected = example.split(
                        separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)[1]
                    #expect(ending.output + "\n" == expected)
                }
            }
        }
    }
}
