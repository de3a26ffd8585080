import Foundation
import MockServer
import ServerSentEvents
import Testing

extension RunningTests {
    /// `sse record`: a stream as a script.
    @Suite struct RecordingTests {
        private static let replies: [Reply] = [
            .stream([
                .retry(.milliseconds(1)), .event("one", id: "1"),
                .event("two", id: "2").cut(afterBytes: 9), .drop(.fin),
            ]),
            .status(503, body: "busy"),
            .stream([.event("två", type: "x", id: "2").dribbled(3, every: .zero), .hold]),
        ]

        private static let options = ["--json", "--count", "2"]

        @Test func aRecordingPlaysTheSameEvents() async throws {
            let file = try TemporaryFile()
            let live = try await withServer { server in
                server.script("/feed", Self.replies + Self.replies)
                let url = server.url("/feed?token=sesame").absoluteString
                let recording = try await Tool.run(
                    "record", url.replacing("http://", with: "http://me:sesame@"), "-o", file.path,
                    "--count", "2", "-H", "X-Custom: sesame", "-H", "Cookie: a=sesame")
                #expect(recording.status == 0)
                #expect(recording.output == "")
                #expect(recording.error.hasPrefix("\(file.path): 3 answers, "))
                #expect(!recording.error.contains("sesame"))
                return try await Tool([url] + Self.options).ended()
            }
            #expect(live.status == 0)
            let script = try Script(contentsOf: file.url)
            #expect(script.replies.keys.sorted() == ["/feed"])
            let text = try String(contentsOf: file.url, encoding: .utf8)
            #expect(!text.contains("sesame"))
            let replayed = try await withServer { server in
                server.script(script)
                return try await Tool([server.url("/feed").absoluteString] + Self.options).ended()
            }
            #expect(replayed == live)
        }

        /// The way of the article "Recording and replaying", with the recording that it shows.
        @Test func whatTheToolRecordsATestReplays() async throws {
            func price(_ symbol: String, _ price: String, _ id: String) -> Step {
                .event(#"{"symbol":"\#(symbol)","price":\#(price)}"#, type: "price", id: id)
            }
            let file = try TemporaryFile()
            try await withServer { server in
                server.script(
                    "/prices",
                    [
                        .stream([
                            .retry(.milliseconds(100)), .mark("begun"), price("ACME", "99.5", "1"),
                            .wait(.milliseconds(250)), price("BOLT", "12", "2"),
                            .wait(.milliseconds(100)),
                            price("ACME", "101", "3").cut(afterBytes: 20), .drop(.fin),
                        ]),
                        .stream([price("ACME", "101", "3"), .hold]),
                    ])
                let recording = try await Tool.run(
                    "record", server.url("/prices").absoluteString, "-o", file.path, "--count",
                    "3", "-H", "Authorization: Bearer sesame")
                #expect(recording.status == 0)
            }
            let shown = URL(fileURLWithPath: #filePath).appendingPathComponent(
                "../../../MockServerTests/SampleApp/Recordings/prices.json"
            ).standardized
            let recorded = try String(contentsOf: file.url, encoding: .utf8)
            // Chunks may have been joined on their way, and waits are never the same.
            #expect(
                try body(of: recorded) == body(of: String(contentsOf: shown, encoding: .utf8)))
            #expect(!recorded.contains("sesame"))

            let live = ["99.5", "12", "101"]
            let clock = ManualClock()
            try await MockEventServer.run(clock: clock) { server in
                server.script(try Script(contentsOf: file.url))
                var configuration = EventStream.Configuration()
                configuration.transport = server.transport
                // They sleep on the same clock, which here flies.
                configuration.timeouts.idle = nil
                configuration.timeouts.open = nil
                configuration.clock = clock
                let stream = EventStream(url: server.url("/prices"), configuration: configuration)
                let time = Task {
                    while (try? await clock.sleepers(1, within: .seconds(60))) != nil {
                        clock.advanceToNextSleeper()
                    }
                }
                let events = try await stream.prefix(3).reduce(into: []) { $0.append($1) }
                time.cancel()
                #expect(events.map(\.lastEventID) == ["1", "2", "3"])
                for (event, price) in zip(events, live) {
                    #expect(event.data.hasSuffix("\"price\":\(price)}"))
                }
            }
        }

        /// What a recording says, whatever the waits in it and the chunks: all other lines, and the
        /// texts of the chunks in one.
        private func body(of recording: String) throws -> [String] {
            var lines = [""]
            for line in recording.split(separator: "\n").map(String.init) {
                if let chunk = line.firstMatch(of: /^    {"raw":"(.*)"},?$/) {
                    lines[lines.count - 1] += chunk.1
                } else if !line.contains("\"wait\"") {
                    lines.append(line)
                }
            }
            return lines
        }

        @Test func anInterruptionLeavesAWholeScript() async throws {
            let file = try TemporaryFile()
            try await withServer { server in
                server.script("/", [.stream([.event("one"), .hold])])
                let tool = try Tool(["record", server.url("/").absoluteString, "-o", file.path])
                let connection = try await server.connection(1, on: "/")
                tool.signal(SIGINT)
                #expect(await tool.ended().status == 130)
                #expect(try await connection.ended().by == .client)
            }
            #expect(try Script(contentsOf: file.url).replies.keys.sorted() == ["/"])
        }

        @Test func aFailureIsRecordedAndTold() async throws {
            let file = try TemporaryFile()
            let ending = try await withServer { server in
                server.script("/", [.status(403, body: "no")])
                return try await Tool.run(
                    "record", server.url("/").absoluteString, "-o", file.path)
            }
            #expect(ending.status == 1)
            #expect(ending.error.hasPrefix("sse: The server refused the stream with status 403"))
            let headers: Headers = ["Content-Type": "text/plain; charset=utf-8"]
            #expect(
                try Script(contentsOf: file.url)
                    == ["/": [.status(403, headers: headers, body: "no")]])
        }

        /// The stream does not wait for the end of such a body.
        @Test(arguments: [
            Reply.status(404, body: String(repeating: "x", count: 100_000)),
            .bytes("HTTP/1.1 404 X\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"),
        ])
        func aFailureThatIsNotReadToItsEndIsRecorded(reply: Reply) async throws {
            let file = try TemporaryFile()
            let ending = try await withServer { server in
                server.script("/", [reply])
                return try await Tool.run(
                    "record", server.url("/").absoluteString, "-o", file.path)
            }
            #expect(ending.status == 1)
            #expect(ending.error.contains("1 answer, "))
            #expect(try Script(contentsOf: file.url).replies["/"]?.count == 1)
        }

        @Test(arguments: [["-d", "@/no/such/file"], ["-X", "GET", "-d", "x"]])
        func wrongUsageLeavesTheFileAlone(arguments: [String]) async throws {
            let file = try TemporaryFile("kept")
            let ending = try await Tool(
                ["record", "http://127.0.0.1:1/", "-o", file.path] + arguments
            ).ended()
            #expect(ending.status == 64)
            #expect(try String(contentsOf: file.url, encoding: .utf8) == "kept")
        }

        @Test func aFileThatCannotBeWrittenIsWrongUsage() async throws {
            let ending = try await Tool.run("record", "http://127.0.0.1:1/", "-o", "/no/such/f")
            #expect(ending.status == 64)
            #expect(ending.error.hasPrefix("sse: -o \"/no/such/f\" names a file"))
        }
    }
}
