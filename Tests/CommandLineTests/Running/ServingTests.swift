import Foundation
import MockServer
import Testing

extension RunningTests {
    /// `sse serve`: the mock server as a process.
    @Suite struct ServingTests {
        private func serving(
            _ script: String, _ options: String..., body: (Tool, String) async throws -> Void
        ) async throws -> Tool.Ending {
            let file = try TemporaryFile(script)
            let tool = try Tool(["serve", file.path] + options)
            let url = try #require(await tool.line())
            #expect(url.hasPrefix("http://127.0.0.1:"))
            try await body(tool, url)
            tool.signal(SIGINT)
            return await tool.ended()
        }

        @Test func aScriptIsPlayedUntilInterrupted() async throws {
            let script = """
                {"/feed": [
                  {"stream": [{"retry": 1}, {"event": "one", "id": "1"}, {"drop": "fin"}]},
                  {"stream": [{"event": "two", "id": "2"}, "hold"]}
                ]}
                """
            let ending = try await serving(script) { tool, url in
                let client = try await Tool.run(url + "/feed", "--count", "2")
                #expect(client.output == "  one\nid 1\n\n  two\nid 2\n")
                while let line = await tool.line(), !line.contains("ended by the client") {}
            }
            #expect(ending.status == 130)
            #expect(ending.error == "")
            let lines = ending.output.split(separator: "\n")
            #expect(lines.contains("#1 GET /feed came"))
            #expect(lines.contains { $0.contains("sent: \"two\" id=2") })
        }

        @Test(arguments: ["0", "1000000"])
        func theSpeedShortensWaits(speed: String) async throws {
            let script = """
                {"/": [{"stream": [{"wait": 3600000}, {"event": "one", "dribble": 1, "every": 60000},
                                   "hold"]}]}
                """
            let ending = try await serving(script, "--speed", speed) { _, url in
                let client = try await Tool.run(url, "--count", "1")
                #expect(client.output == "  one\n")
            }
            #expect(ending.status == 130)
        }

        @Test func aSurpriseIsTold() async throws {
            let ending = try await serving("{\"/feed\": []}") { tool, url in
                let client = try await Tool.run(url + "/food", "--reconnect", "standard")
                #expect(client.status == 1)
                while let line = await tool.line(), !line.hasPrefix("!") {}
            }
            #expect(
                ending.output.contains("\n! surprise: GET /food is not scripted; only /feed\n"))
        }

        @Test func aPortThatIsTakenIsAnError() async throws {
            try await withServer { server in
                let file = try TemporaryFile("{}")
                let ending = try await Tool.run("serve", file.path, "--port", "\(server.port)")
                #expect(ending.status == 1)
                #expect(ending.output == "")
                let port = "Port \(server.port) was asked for."
                #expect(ending.error == "sse: bind failed: Address already in use. \(port)")
            }
        }

        @Test func aScriptThatMakesNoSenseIsToldWithItsPlace() async throws {
            let file = try TemporaryFile(
                "{\"/feed\": [\"refuse\", {\"stream\": [{\"evnet\": \"x\"}]}]}")
            let ending = try await Tool.run("serve", file.path)
            #expect(ending.status == 1)
            #expect(ending.output == "")
            #expect(ending.error.contains(": /feed, reply 2, step 1: a step is one of event, "))
        }

        @Test(arguments: ["/.inspector", "/.inspector/events"])
        func thePathsOfTheInspectorAreNoScripts(path: String) async throws {
            let file = try TemporaryFile("{\"\(path)\": [{\"status\": 204}]}")
            let ending = try await Tool.run("serve", file.path)
            #expect(ending.status == 1)
            #expect(ending.output == "")
            #expect(
                ending.error.hasSuffix(
                    ": \(path) cannot be scripted: the inspector is at /.inspector/."))
        }

        @Test func aPathThatOnlyLooksLikeItIsTheScripts() async throws {
            let ending = try await serving("{\"/.inspectors\": [{\"status\": 204}]}") { _, url in
                let client = try await Tool.run(url + "/.inspectors")
                #expect(client.status == 0)
            }
            #expect(ending.output.contains("#1 GET /.inspectors came"))
        }

        @Test func aFileThatIsMissingIsWrongUsage() async throws {
            let ending = try await Tool.run("serve", "/no/such/file")
            #expect(ending.status == 64)
            #expect(ending.error.hasPrefix("sse: \"/no/such/file\" cannot be read"))
        }

        @Test func aReaderThatLeavesEndsIt() async throws {
            let file = try TemporaryFile("{}")
            let tool = try Tool(shell: #""$SSE" serve "$1" | head -n 1"#, file.path)
            let ending = await tool.ended()
            #expect(ending.status == 0)
            #expect(ending.output.hasPrefix("http://127.0.0.1:"))
        }
    }
}
