import MockServer
import Testing

/// Failures explain themselves; their whole text is compared, without times, ports and lines.
@Suite(.timeLimit(.minutes(1)))
struct FailureTextTests {
    private func text(of body: () async throws -> Void) async -> String {
        let error = await #expect(throws: MockServerError.self) { try await body() }
        return (error?.description ?? "-")
            .replacing(#/\+[0-9.]+ m?s/#, with: "+T")
            .replacing(#/swift:[0-9]+/#, with: "swift:L")
            .replacing(#/127\.0\.0\.1:[0-9]+/#, with: "127.0.0.1:PORT")
    }

    @Test func theExampleOfTheSpecification() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script(
                    "/feed",
                    [
                        .stream([
                            .retry(.milliseconds(1)), .event("one", id: "1"),
                            .event("two", id: "2").cut(afterBytes: 9), .drop(.reset),
                        ]),
                        .stream([.event("two", id: "2"), .hold]),
                    ])
                let client = try await RawClient.get("/feed", from: server.port)
                #expect(await client.receiveAll().end == .reset)
                try await server.connection(1, on: "/feed").ended()
                _ = try await server.connection(2, on: "/feed", within: .milliseconds(50))
            }
        }
        #expect(
            text == """
                MockEventServer: waited 50 ms for connection 2 on /feed; 1 seen.   \
                FailureTextTests.swift:L
                  #1 GET /feed  last-event-id: -   200, reply 1 of 2, \
                stopped at step 4 of 4 .drop(.reset)
                     sent: retry 1 ms | "one" id=1 | 9 of 17 bytes of "two" id=2      \
                ended by the server at +T
                  not played: reply 2 of 2 (.stream, 2 steps)
                  hint: the client was told retry: 1 ms and never came back; \
                it closed its side at +T.
                """)
    }

    @Test func nobodyCame() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/feed", [.status(204)])
                _ = try await server.connection(1, on: "/feed", within: .milliseconds(5))
            }
        }
        #expect(
            text == """
                MockEventServer: waited 5 ms for connection 1 on /feed; 0 seen.   \
                FailureTextTests.swift:L
                  not played: reply 1 of 1 (.status(204))
                  hint: no request came at all; the server is at http://127.0.0.1:PORT.
                """)
    }

    @Test func anotherPathWasAskedFor() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/feed", [.status(204)])
                _ = try await RawClient.get("/fed?x", from: server.port)
                try await server.connection(1, on: "/fed").ended()
                _ = try await server.connection(1, on: "/feed", within: .milliseconds(5))
            }
        }
        #expect(
            text == """
                MockEventServer: waited 5 ms for connection 1 on /feed; 0 seen.   \
                FailureTextTests.swift:L
                  not played: reply 1 of 1 (.status(204))
                  surprise: GET /fed is not scripted; only /feed
                  hint: requests came for /fed, none for /feed.
                """)
    }

    @Test func theFirstConnectionIsStillOpen() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script(
                    "/", [.stream([.event("x").repeated(3), .gate("go")]), .status(204)])
                let client = try await RawClient.get(
                    "/", from: server.port, headers: ["Last-Event-ID: 4"])
                #expect(await client.receive(until: "x\n\n\r\n9\r\n").contains("x"))
                let first = try await server.connection(1, on: "/")
                try await until { first.journalEntry.step == 2 }
                _ = try await server.connection(2, on: "/", within: .milliseconds(5))
            }
        }
        #expect(
            text == """
                MockEventServer: waited 5 ms for connection 2 on /; 1 seen.   \
                FailureTextTests.swift:L
                  #1 GET /  last-event-id: 4   200, reply 1 of 2, at step 2 of 2 .gate("go")
                     sent: "x" ×3      still open
                  not played: reply 2 of 2 (.status(204))
                  hint: connection 1 on / is still open: its script stands before .gate("go"); \
                open it with openGate.
                """)
    }

    @Test func theFirstConnectionIsStalled() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/", [.stream([.event("x"), .hold]), .status(204)])
                let client = try await RawClient.get("/", from: server.port)
                #expect(await client.receive(until: "x\n\n\r\n").contains("x"))
                let first = try await server.connection(1, on: "/")
                try await until { first.journalEntry.step == 2 }
                try await first.stall()
                _ = try await server.connection(2, on: "/", within: .milliseconds(5))
            }
        }
        #expect(
            text.hasSuffix(
                "  hint: connection 1 on / is still open: stall() made it fall silent; "
                    + "resume() lets it go on."), "\(text)")
    }

    @Test func aMarkIsNotReached() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/", [.stream([.event("x"), .hold])])
                let client = try await RawClient.get("/", from: server.port)
                #expect(await client.receive(until: "x\n\n").contains("x"))
                let first = try await server.connection(1, on: "/")
                try await until { first.journalEntry.step == 2 }
                try await first.reached("m", within: .milliseconds(5))
            }
        }
        #expect(
            text == """
                MockEventServer: waited 5 ms for the mark "m" of connection 1 on /.   \
                FailureTextTests.swift:L
                  #1 GET /  last-event-id: -   200, reply 1 of 1, at step 2 of 2 .hold
                     sent: "x"      still open
                  hint: connection 1 on / is still open: its script stands at step 2 of 2 .hold, \
                and the client has not left.
                """)
    }

    @Test func aConnectionEndsBeforeItsMark() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/", [.stream([.event("x"), .gate("never"), .mark("m")])])
                let client = try await RawClient.get("/", from: server.port)
                #expect(await client.receive(until: "x\n\n\r\n").contains("x"))
                let first = try await server.connection(1, on: "/")
                try await until { first.journalEntry.step == 2 }
                await client.close()
                try await first.reached("m")
            }
        }
        #expect(
            text == """
                MockEventServer: connection 1 on / ended before the mark "m".   \
                FailureTextTests.swift:L
                  #1 GET /  last-event-id: -   200, reply 1 of 1, \
                stopped at step 2 of 3 .gate("never")
                     sent: "x"      ended by the client at +T
                """)
    }

    @Test func aHalfClosedConnectionIsSentTo() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/", [.stream([.event("x"), .halfClose])])
                let client = try await RawClient.get("/", from: server.port)
                #expect(await client.receiveAll().end == .fin)
                try await server.connection(1, on: "/").send(.event("late"))
            }
        }
        #expect(
            text
                == "MockEventServer: connection 1 on / can be written to no more; nothing was sent."
        )
    }

    @Test func problemsOnLeavingAreOneError() async throws {
        let text = await text {
            try await MockEventServer.run(waitLimit: .milliseconds(50)) { server in
                server.script("/feed", [.stream([.event("one")]), .stream([.hold])])
                _ = try await RawClient.get("/fed", from: server.port)
                let client = try await RawClient.get("/feed", from: server.port)
                #expect(await client.receive(until: "0\r\n\r\n").contains("one"))
                try await server.connection(1, on: "/fed", within: .seconds(5)).ended()
            }
        }
        let lines = text.split(separator: "\n")
        #expect(
            lines.prefix(1) == [
                "MockEventServer: 2 problems on leaving.   FailureTextTests.swift:L"
            ])
        #expect(
            lines.suffix(2) == [
                "  surprise: GET /fed is not scripted; only /feed",
                "  not played: reply 2 of 2 on /feed (.stream, 1 step)   FailureTextTests.swift:L",
            ])
    }

    @Test func aScriptMakesNoSense() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/feed", [.status(204), .stream([.end, .event("x")])])
                _ = try await server.connection(1, on: "/feed")
            }
        }
        #expect(
            text == """
                MockEventServer: cannot wait for connection 1 on /feed, as a script makes no sense.\
                   FailureTextTests.swift:L
                  script: /feed, reply 2, step 2: .event("x") can never be played, as .end ends the \
                stream   FailureTextTests.swift:L
                """)
    }

    @Test func aManualClockIsNotSleptOn() async throws {
        let text = await text {
            try await ManualClock().sleepers(1, within: .milliseconds(5))
        }
        #expect(
            text == """
                ManualClock: waited 5 ms for 1 sleeper; nobody sleeps, now +T. \
                Nobody ever did: is it the configuration's clock?   FailureTextTests.swift:L
                """)
    }

    @Test func aManualClockIsNotSleptOnAnyMore() async throws {
        let clock = ManualClock()
        try await clock.sleep(until: clock.now)
        let text = await text { try await clock.sleepers(2, within: .milliseconds(5)) }
        #expect(
            text == """
                ManualClock: waited 5 ms for 2 sleepers; nobody sleeps, now +T.   \
                FailureTextTests.swift:L
                """)
    }

    @Test func theRetryIsLongerThanTheWait() async throws {
        let text = await text {
            try await MockEventServer.run { server in
                server.script("/feed", [.stream([.retry(.seconds(30)), .drop(.reset)])])
                let client = try await RawClient.get("/feed", from: server.port)
                #expect(await client.receiveAll().end == .reset)
                try await server.connection(1, on: "/feed").ended()
                _ = try await server.connection(2, on: "/feed", within: .milliseconds(50))
            }
        }
        #expect(
            text.hasSuffix(
                """

                  hint: the client was told retry: 30 s, which is longer than this wait, and never \
                came back; it closed its side at +T.
                """))
    }
}

/// Waits until something is so, for at most twenty seconds.
func until(_ isSo: () -> Bool) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(20))
    while !isSo() {
        try #require(ContinuousClock.now < deadline)
        await Task.yield()
    }
}
