import Testing

@testable import MockServer

/// Times beyond all reason do no harm.
@Suite(.timeLimit(.minutes(1)))
struct LongTimesTests {
    private static let longest = Duration.seconds(Int64.max)

    @Test(
        arguments: [
            (longest, "9223372036854775807 s"),
            (longest + longest, "9223372036854775807 s"),
            (.seconds(Int64.min), "-9223372036854775808 s"),
            (.seconds(Int64.min) - longest, "-9223372036854775808 s"),
            (.milliseconds(1_500), "1.5 s"), (.milliseconds(-1_500), "-1.5 s"),
        ] as [(Duration, String)])
    func theyAreTold(time: Duration, text: String) {
        #expect(time.text == text)
    }

    @Test func wholeMillisecondsSaturate() {
        #expect((Self.longest + Self.longest).wholeMilliseconds == .max)
        #expect((.seconds(Int64.min) - Self.longest).wholeMilliseconds == .min)
    }

    @Test func aScriptWaitsForEver() async throws {
        try await MockEventServer.run(waitLimit: Self.longest) { server in
            server.script("/", [.stream([.event("one"), .mark("there"), .wait(Self.longest)])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/", within: Self.longest)
            try await connection.reached("there")
            await connection.drop(.reset)
            #expect(await client.receiveAll().end == .reset)
        }
    }

    @Test func aDribbleTakesForEver() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            clock.advance(by: Self.longest)
            server.script("/", [.stream([.raw("ab").dribbled(1, every: Self.longest)])])
            let client = try await RawClient.get("/", from: server.port)
            try await clock.sleepers(1)
            let deadline = try #require(clock.deadlines.first)
            #expect(deadline.description == "+9223372036854775807 s")
            await client.close()
            try await server.connection(1, on: "/").ended()
        }
    }

    private static let all = Duration(attoseconds: .max)

    @Test func aClockStandsAtTheEndOfTime() async throws {
        let clock = ManualClock()
        clock.advance(by: .seconds(1))
        let sleeper = Task { try await clock.sleep(for: Self.all) }
        try await clock.sleepers(1)
        clock.advance(by: Self.all)
        try await sleeper.value
        clock.advance(by: .seconds(1))
        #expect(clock.now.offset == Self.all)
        let beginning = ManualClock.Instant(offset: .zero).advanced(by: .zero - Self.all)
        #expect(beginning.duration(to: clock.now) == Self.all)
        #expect(beginning.advanced(by: .seconds(-1)).offset <= beginning.offset)
    }

    @Test(arguments: [.zero, .seconds(-1), .zero - all] as [Duration])
    func aWaitOfLessThanNothingIsNone(limit: Duration) async throws {
        let server = try MockEventServer()
        let error = await #expect(throws: MockServerError.self) {
            try await server.connection(1, on: "/", within: limit)
        }
        #expect(error?.code == .timedOut)
        await server.stop()
    }

    @Test(arguments: [all, .zero - all])
    func randomEventsMayPauseForEver(pause: Duration) async throws {
        let server = try MockEventServer()
        server.script("/", [.randomEvents(5, pause: pause)])
        #expect(server.issues.isEmpty == (pause > .zero))
        await server.stop()
    }

    @Test func aNegativeOneIsRefused() async throws {
        let server = try MockEventServer()
        server.script("/", [.stream([.wait(.seconds(Int64.min)), .retry(.seconds(Int64.min))])])
        #expect(server.issues.map(\.kind) == [.invalidScript, .invalidScript])
        await server.stop()
    }

    @Test func retryAfterSaturates() async throws {
        try await MockEventServer.run { server in
            let delay = Self.longest + .milliseconds(1)
            server.script("/", [.status(503, retryAfter: delay)])
            let client = try await RawClient.get("/", from: server.port)
            let head = split(await client.receive(until: "\r\n\r\n")).head
            #expect(head.contains("\r\nRetry-After: 9223372036854775807\r\n"))
        }
    }
}
