import Foundation
import MockServer
import Testing

extension RunningTests {
    /// How the tool ends when somebody else wants it to.
    @Suite struct InterruptionTests {
        @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
        func aSignalClosesTheConnection(signal: Int32, status: Int32) async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                let tool = try Tool([
                    "--json", "--updates", server.url("/feed").absoluteString,
                ])
                while let line = await tool.line(), !line.contains("one") {}
                tool.signal(signal)
                let ending = await tool.ended()
                #expect(ending.status == status)
                #expect(ending.error == "")
                // It has neither finished nor failed.
                #expect(ending.output.hasSuffix("\"lastEventID\":\"\"}}"))
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test func aSignalEndsTheWaitForTheNextAttempt() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .end])])
                let tool = try Tool([
                    "--json", "--updates", "--retry-delay", "3600",
                    server.url("/feed").absoluteString,
                ])
                while let line = await tool.line(), !line.contains("disconnected") {}
                tool.signal(SIGINT)
                #expect(await tool.ended().status == 130)
            }
        }

        /// Nobody reads, so the tool stands in a write when the signal comes.
        @Test func aSignalEndsABlockedWrite() async throws {
            try await withServer { server in
                let event = Step.event(String(repeating: "x", count: 1000))
                server.script("/feed", [.stream([event.repeated(2000), .mark("sent"), .hold])])
                let tool = try Tool(["--json", server.url("/feed").absoluteString])
                let connection = try await server.connection(1, on: "/feed")
                try await connection.reached("sent")
                tool.signal(SIGINT)
                #expect(await tool.status() == 130)
                #expect(try await connection.ended().by == .client)
            }
        }

        #if os(Linux)
            /// The server waits for the tool, as the tool waits for its reader.
            @Test func whatIsNotReadDoesNotPileUp() async throws {
                try await withServer { server in
                    let event = Step.event(String(repeating: "x", count: 100_000), id: "1")
                    server.script(
                        "/feed",
                        [.stream([event.repeated(20), .mark("sent"), event.repeated(280), .hold])])
                    let tool = try Tool(["--json", server.url("/feed").absoluteString])
                    try await server.connection(1, on: "/feed").reached("sent")
                    for _ in 1...300 { #expect(await tool.line() != nil) }
                    #expect(try #require(tool.peakMemory) < 500_000_000)
                    tool.signal(SIGTERM)
                    #expect(await tool.status() == 143)
                    // Over its limit, it would have closed the connection and asked again.
                    #expect(server.journal.count == 1)
                }
            }
        #endif

        @Test func aReaderThatLeavesEndsItQuietly() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .event("two"), .hold])])
                let tool = try Tool(
                    shell: #"{ "$SSE" --json "$1"; echo "status $?" >&2; } | head -n 1"#,
                    server.url("/feed").absoluteString)
                let ending = await tool.ended()
                #expect(ending.output.hasPrefix(#"{"event":{"type":"message","data":"one""#))
                // The second event may have come before or after: the server is silent now.
                #expect(ending.error == "status 0")
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test func withoutStandardOutputNothingIsAskedFor() async throws {
            let tool = try Tool(shell: #""$SSE" http://127.0.0.1:1/ >&-"#)
            #expect(await tool.ended() == Tool.Ending(status: 0, output: "", error: ""))
        }

        @Test func aFullDiskIsAnError() async throws {
            try #require(FileManager.default.fileExists(atPath: "/dev/full"))
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                let tool = try Tool(
                    shell: #""$SSE" "$1" > /dev/full"#, server.url("/feed").absoluteString)
                let ending = await tool.ended()
                #expect(ending.error.hasPrefix("sse: Standard output cannot be written: "))
                #expect(ending.status == 1)
            }
        }
    }
}
