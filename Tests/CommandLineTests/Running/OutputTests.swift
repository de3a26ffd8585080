import Foundation
import MockServer
import Testing

extension RunningTests {
    /// What the tool as a process writes, and where.
    @Suite struct OutputTests {
        @Test func jsonIsOneObjectALine() async throws {
            try await withServer { server in
                server.script(
                    "/feed",
                    [
                        .stream([
                            .event("one"), .event("two\n\"a/b\"", type: "price", id: "2"),
                            .comment("not shown"), .event("three"), .hold,
                        ])
                    ])
                let ending = try await Tool.run(server, "/feed", "--json", "--count", "3")
                #expect(
                    ending.output == #"""
                        {"event":{"type":"message","data":"one","lastEventID":""}}
                        {"event":{"type":"price","data":"two\n\"a/b\"","lastEventID":"2"}}
                        {"event":{"type":"message","data":"three","lastEventID":"2"}}
                        """#)
                #expect(ending.error == "")
                #expect(ending.status == 0)
            }
        }

        @Test func updatesTellAllThatHappens() async throws {
            try await withServer { server in
                server.script(
                    "/feed",
                    [
                        .stream([
                            .comment("hi"), .retry(.milliseconds(1)), .event("one", id: "1"), .end,
                        ]),
                        .stream([.event("two", id: "2"), .hold]),
                    ])
                let ending = try await Tool.run(
                    server, "/feed", "--json", "--updates", "--count", "2", "--reconnect",
                    "standard")
                #expect(
                    ending.output == """
                        {"connecting":{"attempt":1}}
                        {"open":{"status":200}}
                        {"comment":"hi"}
                        {"event":{"type":"message","data":"one","lastEventID":"1"}}
                        {"disconnected":{"reason":"The server ended the stream: have it keep the \
                        response open, or answer 204 when nothing more will come.","retryAfter":0.1}}
                        {"connecting":{"attempt":1}}
                        {"open":{"status":200}}
                        {"event":{"type":"message","data":"two","lastEventID":"2"}}
                        {"finished":{}}
                        """)
                #expect(ending.status == 0)
            }
        }

        @Test func aFailureIsTheLastUpdateAndASentence() async throws {
            try await withServer { server in
                server.script("/feed", [.status(404, body: "no such feed\nreally")])
                let ending = try await Tool.run(server, "/feed", "--json", "--updates")
                let sentence = #"The server refused the stream with status 404: "no such feed"."#
                #expect(
                    ending.output == #"""
                        {"connecting":{"attempt":1}}
                        {"failed":{"code":"refused","status":404,"message":\#(quoted(sentence))}}
                        """#)
                #expect(ending.error == "sse: " + sentence)
                #expect(ending.status == 1)
            }
        }

        @Test func aFailureWithoutAnAnswerHasNoStatus() async throws {
            // Nobody listens on port 1; the port of a stopped server may be another's by now.
            let ending = try await Tool([
                "http://127.0.0.1:1/feed", "--json", "--updates", "--max-attempts", "1",
            ]).ended()
            #expect(
                ending.output == """
                    {"connecting":{"attempt":1}}
                    {"failed":{"code":"connectionFailed","message":"The server could not be reached, or \
                    closed the connection without an answer: check the address and the network."}}
                    """)
            #expect(ending.status == 1)
        }

        @Test func eventsAreFlushedAtOnce() async throws {
            try await withServer { server in
                server.script(
                    "/feed", [.stream([.event("one"), .gate("read"), .event("two"), .hold])])
                let tool = try Tool(["--json", "--count", "2", server.url("/feed").absoluteString])
                // Not before the first line was read does the server go on.
                let line = await tool.line()
                #expect(line?.contains(#""data":"one""#) == true)
                server.openGate("read")
                #expect(await tool.ended().status == 0)
            }
        }

        @Test func plainOutputIsBlocks() async throws {
            try await withServer { server in
                server.script(
                    "/feed",
                    [.stream([.event("one\nmore"), .event("two", type: "price", id: "2"), .hold])])
                let ending = try await Tool.run(server, "/feed", "--count", "2")
                #expect(ending.output == "  one\n  more\n\nprice\n  two\nid 2\n")
                #expect(ending.error == "")
            }
        }

        @Test func plainUpdatesGoToStandardError() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.comment("hi"), .event("one"), .hold])])
                let ending = try await Tool.run(server, "/feed", "--count", "1", "--updates")
                #expect(ending.output == "  one\n")
                #expect(ending.error == "* connecting\n* open\n: hi\n* finished")
            }
        }

        @Test func controlCharactersPassThroughToAFile() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("\u{1B}[31mred\u{0}"), .hold])])
                let ending = try await Tool.run(server, "/feed", "--count", "1")
                #expect(ending.output == "  \u{1B}[31mred\u{0}\n")
            }
        }

        @Test func helpFitsAScreen() async throws {
            let ending = try await Tool.run("--help")
            let lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count < 24)
            #expect(lines.allSatisfy { $0.count <= 80 })
            #expect(ending.status == 0)
        }

        @Test func versionIsOneLine() async throws {
            #expect(
                try await Tool.run("--version")
                    == Tool.Ending(status: 0, output: "sse 0.1.0", error: ""))
        }
    }
}

/// A sentence as JSON, by hand.
private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\\\"") + "\""
}
