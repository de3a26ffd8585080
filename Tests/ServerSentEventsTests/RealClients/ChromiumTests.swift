#if os(Linux)
    import Foundation
    import MockServer
    import RealPrograms
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// The same streams to this client and to the `EventSource` of a browser.
        @Suite(.enabled(if: Chromium.isInstalled, "chromium not installed"))
        struct ChromiumTests {
            private static let streams = ServedStream.random(200, seed: 7) + ServedStream.cases

            /// One browser for all tests.
            private static let browser = Task {
                let streams = Self.streams + ServedStream.answers
                let types = try await ClientRun(streams, over: .memory).types
                return try await ClientRun(streams, types: types) { server, body in
                    try await Chromium.show(server.url("/")) { _ in try await body() }
                }
            }

            /// What the browser makes of other answers, where it is not what this client does, and why.
            private static let otherAnswers: Set = [
                // Not only UTF-8 is UTF-8.
                "answers/charset-1252",
                // A type ends at a space.
                "answers/word-after-type",
                // Compressed streams are decoded.
                "answers/gzip",
                // A head that is cut off is taken for a whole one.
                "answers/end-in-the-head",
                // A proxy that asks for a password is a network that may come back.
                "answers/status-407",
                // It comes back to where it was led.
                "answers/moved-301", "answers/moved-302", "answers/moved-303", "answers/moved-307",
                "answers/moved-308",
            ]

            /// What it asks again at once, and tells nobody, if the connection had been used before.
            private static let silent: Set = [
                "answers/status-408", "answers/no-answer", "answers/end-before-the-head",
            ]

            @Test(arguments: TestedTransport.allCases)
            func tellsAndAsksTheSame(_ tested: TestedTransport) async throws {
                let streams = Self.streams.filter { tested.survivesResets || !$0.isReset }
                let ours = try await ClientRun(streams, over: tested)
                let differences = ours.differences(from: try await Self.browser.value)
                #expect(differences.isEmpty)
            }

            @Test func differsOnlyInTheseAnswers() async throws {
                let ours = try await ClientRun(ServedStream.answers, over: .libcurl)
                let differences = ours.differences(from: try await Self.browser.value)
                check(differences, Self.otherAnswers)
            }

            @Test func theDefaultPolicyAlsoAsksAgain() async throws {
                let ours = try await ClientRun(ServedStream.answers, over: .libcurl, .default)
                let differences = ours.differences(from: try await Self.browser.value)
                let retried = ReconnectionPolicy.default.retryableStatuses
                    .map { "answers/status-\($0)" }
                let expected = Self.otherAnswers.union(retried).union(["answers/retry-after"])
                check(differences, expected)
            }

            private func check(_ differences: [String: String], _ expected: Set<String>) {
                for name in Set(differences.keys).symmetricDifference(expected)
                    .subtracting(Self.silent)
                {
                    Issue.record("\(name): \(differences[name] ?? "no difference any more")")
                }
            }

            @Test func isGoneEvenIfATestFails() async throws {
                struct Failure: Error {}
                try await MockEventServer.run(waitLimit: .seconds(60)) { server in
                    server.script("/page", [.stream([.event("one"), .hold])])
                    var directory = ""
                    do {
                        try await Chromium.show(server.url("/page")) { companion in
                            directory = companion.directory
                            try await server.connection(1, on: "/page")
                            #expect(FileManager.default.fileExists(atPath: directory))
                            throw Failure()
                        }
                    } catch is Failure {}
                    #expect(!FileManager.default.fileExists(atPath: directory))
                    let ending = try await server.connection(1, on: "/page").ended()
                    #expect(ending.by == .client)
                }
            }
        }
    }
#endif
