import MockServer
import Testing

/// The manual clock: nothing moves but by the test.
@Suite(.timeLimit(.minutes(1)))
struct ManualClockTests {
    @Test func itStandsStill() {
        let clock = ManualClock()
        #expect(clock.now == ManualClock.Instant(offset: .zero))
        clock.advance(by: .seconds(3))
        #expect(clock.now.offset == .seconds(3))
        #expect(clock.now.description == "+3 s")
        #expect(clock.advanceToNextSleeper() == nil)
        #expect(clock.now.offset == .seconds(3))
    }

    @Test func sleepersWakeWhenTheirTimeHasCome() async throws {
        let clock = ManualClock()
        let task = Task { try await clock.sleep(for: .seconds(10)) }
        try await clock.sleepers(1)
        #expect(clock.deadlines.map(\.offset) == [.seconds(10)])
        clock.advance(by: .seconds(9))
        #expect(clock.deadlines.count == 1)
        clock.advance(by: .seconds(1))
        #expect(clock.deadlines.isEmpty)
        try await task.value
    }

    @Test func aPastDeadlineDoesNotSleep() async throws {
        let clock = ManualClock()
        try await clock.sleep(for: .zero)
        try await clock.sleep(until: ManualClock.Instant(offset: .seconds(-1)))
    }

    @Test func theEarliestIsNext() async throws {
        let clock = ManualClock()
        let tasks = [30, 10, 20].map { seconds in
            Task { try await clock.sleep(for: .seconds(seconds)) }
        }
        try await clock.sleepers(3)
        #expect(clock.deadlines.map(\.offset) == [.seconds(10), .seconds(20), .seconds(30)])
        #expect(clock.advanceToNextSleeper() == .seconds(10))
        try await tasks[1].value
        #expect(clock.advanceToNextSleeper() == .seconds(10))
        try await tasks[2].value
        #expect(clock.advanceToNextSleeper() == .seconds(10))
        try await tasks[0].value
        #expect(clock.now.offset == .seconds(30))
    }

    @Test func cancellationWakesAtOnce() async throws {
        let clock = ManualClock()
        let task = Task { try await clock.sleep(for: .seconds(10)) }
        try await clock.sleepers(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.deadlines.isEmpty)
        #expect(clock.advanceToNextSleeper() == nil)
    }

    @Test func whoeverIsCancelledDoesNotCountBeforeItRunsAgain() async throws {
        let clock = ManualClock()
        let executor = HeldExecutor()
        let task = Task(executorPreference: executor) { try await clock.sleep(for: .seconds(10)) }
        await executor.runAll()
        #expect(clock.deadlines.count == 1)
        task.cancel()
        #expect(clock.deadlines.isEmpty)
        executor.letGo()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func aCancelledTaskDoesNotFallAsleep() async throws {
        let clock = ManualClock()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(10))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.deadlines.isEmpty)
    }

    @Test func manySleepersComeAndGo() async throws {
        let clock = ManualClock()
        let tasks = (1...1_000).map { number in
            Task { try await clock.sleep(for: .seconds(number * 7_919 % 1_009)) }
        }
        try await clock.sleepers(1_000)
        for (index, task) in tasks.enumerated() where index % 10 != 0 { task.cancel() }
        for (index, task) in tasks.enumerated() where index % 10 != 0 {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        let deadlines = clock.deadlines
        #expect(deadlines.count == 100)
        #expect(deadlines == deadlines.sorted())
        for deadline in deadlines {
            clock.advanceToNextSleeper()
            #expect(clock.now == deadline)
        }
        for (index, task) in tasks.enumerated() where index % 10 == 0 { try await task.value }
    }

    @Test func scriptsWaitOnIt() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            server.script(
                "/", [.stream([.event("one"), .wait(.seconds(60)), .event("two"), .hold])])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "one").contains("one"))
            try await clock.sleepers(1)
            clock.advance(by: .seconds(60))
            #expect(await client.receive(until: "two").contains("two"))
            await client.close()
            #expect(try await server.connection(1, on: "/").ended().at == .seconds(60))
        }
    }

    @Test func aScriptThatWasDroppedSleepsNoMore() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            server.script("/", [.stream([.wait(.seconds(60))])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await clock.sleepers(1)
            await connection.drop(.fin)
            #expect(clock.deadlines.isEmpty)
            #expect(await client.receiveAll().end == .fin)
        }
    }

    @Test func dribblesWaitOnIt() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock) { server in
            server.script("/", [.stream([.raw("abc").dribbled(1, every: .seconds(1))])])
            let client = try await RawClient.get("/", from: server.port)
            for _ in 1...2 {
                try await clock.sleepers(1)
                clock.advanceToNextSleeper()
            }
            let body = split(await client.receive(until: "0\r\n\r\n")).body
            #expect(chunks(body).chunks == ["a", "b", "c"])
            #expect(clock.now.offset == .seconds(2))
        }
    }
}
