import MockServer
import Testing

extension RunningTests {
    /// When the tool stops by itself, and with which exit status.
    @Suite struct EndingTests {
        @Test func countCountsOnlyWhatIsPrinted() async throws {
            try await withServer { server in
                server.script(
                    "/feed",
                    [
                        .stream([
                            .event("0"), .event("1", type: "a"), .event("2", type: "b"),
                            .event("3", type: "c"), .event("4", type: "a"), .event("5", type: "a"),
                            .hold,
                        ])
                    ])
                let ending = try await Tool.run(
                    server, "/feed", "--type", "a", "--type=c", "--count=3")
                #expect(ending.output == "a\n  1\n\nc\n  3\n\na\n  4\n")
                #expect(ending.status == 0)
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test func untilIsNotPrinted() async throws {
            try await withServer { server in
                server.script(
                    "/feed", [.stream([.event("one"), .event("-1", type: "end"), .hold])])
                let ending = try await Tool.run(server, "/feed", "--until", "-1")
                #expect(ending == Tool.Ending(status: 0, output: "  one\n", error: ""))
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test func aStreamThatEndsBeforeUntilHasFailed() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .end])])
                let ending = try await Tool.run(
                    server, "/feed", "--until", "[DONE]", "--reconnect", "never")
                #expect(
                    ending.error
                        == "sse: The stream ended before the event that --until waits for: ask for it again."
                )
                #expect(ending.status == 1)
            }
        }

        @Test func a204Finishes() async throws {
            try await withServer { server in
                server.script("/feed", [.status(204)])
                let ending = try await Tool.run(server, "/feed", "--json", "--updates")
                #expect(ending.output == "{\"connecting\":{\"attempt\":1}}\n{\"finished\":{}}")
                #expect(ending.status == 0)
            }
        }

        @Test func withoutReconnectingTheEndFinishes() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .end])])
                let ending = try await Tool.run(server, "/feed", "--reconnect=never")
                #expect(ending == Tool.Ending(status: 0, output: "  one\n", error: ""))
            }
        }

        @Test func aPostIsNotRepeated() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .end])])
                let ending = try await Tool.run(server, "/feed", "-d", "x", "--retry-delay", "0")
                #expect(ending == Tool.Ending(status: 0, output: "  one\n", error: ""))
            }
        }

        @Test func aPostIsRepeatedIfAsked() async throws {
            try await withServer { server in
                server.script(
                    "/feed", [.stream([.event("one"), .end]), .stream([.event("2"), .hold])])
                let ending = try await Tool.run(
                    server, "/feed", "-d", "x", "--retry-delay", "0", "--reconnect", "default",
                    "--count", "2")
                #expect(ending.status == 0)
                #expect(try await server.connection(2, on: "/feed").request.method == "POST")
            }
        }

        @Test func theStandardTakesEveryRefusalAsFinal() async throws {
            try await withServer { server in
                server.script("/feed", [.status(503)])
                let ending = try await Tool.run(server, "/feed", "--reconnect", "standard")
                #expect(ending.error == "sse: The server refused the stream with status 503.")
                #expect(ending.status == 1)
            }
        }

        @Test func attemptsAreLimitedBeforeTheFirstOpen() async throws {
            try await withServer { server in
                // More than the three that the default allows before it.
                server.script("/feed", Array(repeating: .status(503), count: 4))
                let ending = try await Tool.run(
                    server, "/feed", "--max-attempts", "4", "--retry-delay", "0", "--json",
                    "--updates")
                let lines = ending.output.split(separator: "\n")
                #expect(lines.count { $0.hasPrefix("{\"connecting\"") } == 4)
                #expect(
                    lines.last?.hasPrefix("{\"failed\":{\"code\":\"refused\",\"status\":503")
                        == true)
                #expect(ending.status == 1)
            }
        }

        @Test func attemptsAreLimitedAfterTheFirstOpen() async throws {
            try await withServer { server in
                server.script(
                    "/feed", [.stream([.event("one"), .end]), .status(503), .status(503)])
                let ending = try await Tool.run(
                    server, "/feed", "--max-attempts", "2", "--retry-delay", "0")
                #expect(ending.output == "  one\n")
                #expect(ending.status == 1)
            }
        }

        @Test(arguments: [("0", 0.1...0.15), ("0.25", 0.25...0.375)])
        func theRetryDelayIsTheBase(delay: String, range: ClosedRange<Double>) async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .end]), .status(204)])
                let ending = try await Tool.run(
                    server, "/feed", "--retry-delay", delay, "--json", "--updates")
                let delays = ending.output.split(separator: "\"retryAfter\":").dropFirst()
                    .compactMap {
                        Double($0.prefix { $0 == "." || $0.isNumber })
                    }
                #expect(delays.count == 1)
                #expect(delays.allSatisfy(range.contains))
            }
        }

        @Test func aSilentServerIsLeft() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .stall]), .status(204)])
                let ending = try await Tool.run(
                    server, "/feed", "--idle-timeout", "0.2", "--retry-delay", "0", "--updates")
                let lines = ending.error.split(separator: "\n")
                try #require(lines.count == 5)
                #expect(lines[2].hasPrefix("* disconnected, next attempt in 0.1"))
                #expect(lines[2].hasSuffix("longer than --idle-timeout."))
                #expect(
                    [lines[0], lines[1], lines[3], lines[4]] == [
                        "* connecting", "* open", "* connecting", "* finished",
                    ])
                #expect(ending.status == 0)
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test func aLargeEventFails() async throws {
            try await withServer { server in
                server.script(
                    "/feed",
                    [.stream([.event("one"), .event(String(repeating: "x", count: 99)), .hold])])
                let ending = try await Tool.run(server, "/feed", "--max-event-size", "50")
                #expect(ending.output == "  one\n")
                #expect(ending.error.contains("--max-event-size"))
                #expect(ending.status == 1)
            }
        }
    }
}
