#if os(Linux)
    import Foundation
    import Testing

    /// The public API is what `Docs/PublicAPI.txt` lists, so that each change of it is deliberate.
    ///
    /// After such a change, write the list anew:
    ///
    ///     RECORD_PUBLIC_API=1 swift test --filter PublicAPITests
    @Suite(.timeLimit(.minutes(2)))
    struct PublicAPITests {
        private static let file = Repository.root.appendingPathComponent("Docs/PublicAPI.txt")
        private static let isRecording =
            ProcessInfo.processInfo.environment["RECORD_PUBLIC_API"] != nil

        @Test func theListIsThatOfTheCode() async throws {
            var lines: [String] = []
            for module in ["ServerSentEvents", "MockServer"] {
                let graph = try await SymbolGraph.extracted(from: module, root: Repository.root)
                #expect(graph.undocumented.isEmpty, "public without documentation")
                lines += ["# \(module)", ""] + graph.declarations + [""]
            }
            if Self.isRecording {
                let text = lines.joined(separator: "\n")
                try text.write(to: Self.file, atomically: true, encoding: .utf8)
            }
            let listed = try String(contentsOf: Self.file, encoding: .utf8)
                .components(separatedBy: "\n")
            let difference = lines.difference(from: listed)
            #expect(difference.insertions.isEmpty, "in the code, not in Docs/PublicAPI.txt")
            #expect(difference.removals.isEmpty, "in Docs/PublicAPI.txt, not in the code")
        }
    }
#endif
