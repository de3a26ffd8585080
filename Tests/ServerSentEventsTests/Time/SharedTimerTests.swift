import MockServer
import Testing

@testable import ServerSentEvents

/// The sleeps of many tasks on one clock.
@Suite(.timeLimit(.minutes(1)))
struct SharedTimerTests {
    private let clock = ManualClock()
    private let timer: SharedTimer<ManualClock>

    init() { timer = SharedTimer(clock) }

    /// Sleeps in a task of its own, and returns once it does.
    private func sleeper(_ seconds: Int) async -> Task<Bool, Never> {
        let count = timer.count
        let task = Task { [timer] in await timer.sleep(for: .seconds(seconds)) }
        while timer.count == count { await Task.yield() }
        return task
    }

    @Test func eachWakesInItsTime() async throws {
        let (late, early) = (await sleeper(20), await sleeper(10))
        try await clock.sleepers(2)
        clock.advance(by: .seconds(10))
        #expect(await early.value)
        #expect(timer.count == 1)
        clock.advance(by: .seconds(10))
        #expect(await late.value)
        #expect(timer.count == 0)
    }

    @Test func aJumpWakesAllWhoAreDueAndNobodyElse() async throws {
        let due = [await sleeper(10), await sleeper(60), await sleeper(300)]
        let late = await sleeper(10 * 3600)
        try await clock.sleepers(1)
        clock.advance(by: .seconds(8 * 3600))
        for task in due { #expect(await task.value) }
        try await clock.sleepers(1)
        #expect(timer.count == 1)
        clock.advance(by: .seconds(2 * 3600))
        #expect(await late.value)
    }

    @Test func manySleepsAreOneOfTheClock() async throws {
        var tasks: [Task<Bool, Never>] = []
        for seconds in 10..<60 { tasks.append(await sleeper(seconds)) }
        try await clock.sleepers(1)
        #expect(clock.deadlines.map(\.offset) == [.seconds(10)])
        for task in tasks {
            try await clock.sleepers(1)
            #expect(clock.deadlines.count == 1)
            clock.advanceToNextSleeper()
            #expect(await task.value)
        }
        #expect(clock.now.offset == .seconds(59))
    }

    @Test func whoIsCancelledLeavesNothing() async throws {
        let first = await sleeper(10)
        try await clock.sleepers(1)
        for _ in 0..<100 {
            let task = await sleeper(60)
            task.cancel()
            #expect(await !task.value)
        }
        #expect(timer.count == 1)
        #expect(clock.deadlines.count == 1)
        clock.advance(by: .seconds(10))
        #expect(await first.value)
    }

    @Test func theNextWakesAlthoughTheFirstHasLeft() async throws {
        let (first, second) = (await sleeper(10), await sleeper(15))
        try await clock.sleepers(1)
        first.cancel()
        #expect(await !first.value)
        clock.advance(by: .seconds(10))
        try await clock.sleepers(1)
        #expect(clock.deadlines.map(\.offset) == [.seconds(15)])
        clock.advance(by: .seconds(5))
        #expect(await second.value)
    }

    @Test func cancellingBeforeItSleepsEndsItAtOnce() async {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let task = Task { [timer] in
            for await _ in gate { break }
            return await timer.sleep(for: .seconds(10))
        }
        task.cancel()
        open.finish()
        #expect(await !task.value)
        #expect(timer.count == 0)
    }

    @Test func cancellingAtAnyMomentEndsIt() async {
        for _ in 0..<1000 {
            let task = Task { [timer] in await timer.sleep(for: .seconds(10)) }
            await Task.yield()
            task.cancel()
            #expect(await !task.value)
        }
        #expect(timer.count == 0)
        #expect(clock.deadlines.count <= 1)
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func noTimeIsNoSleep(duration: Duration) async {
        #expect(await timer.sleep(for: duration))
    }

    // MARK: Alarms

    /// What went off, in turn.
    private let alarms = AsyncStream.makeStream(of: String.self)

    @discardableResult
    private func schedule(_ name: String, _ seconds: Int) -> Int {
        timer.schedule(after: .seconds(seconds)) { [alarms] in alarms.continuation.yield(name) }
    }

    @Test func alarmsGoOffInTheirTurn() async throws {
        schedule("late", 20)
        schedule("early", 10)
        try await clock.sleepers(2)
        clock.advance(by: .seconds(20))
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "early")
        #expect(await iterator.next() == "late")
        #expect(timer.count == 0)
    }

    @Test func alarmsAndSleepsAreOneSleepOfTheClock() async throws {
        schedule("alarm", 10)
        let sleeper = await sleeper(20)
        for seconds in 30..<60 { schedule("later", seconds) }
        try await clock.sleepers(1)
        #expect(clock.deadlines.map(\.offset) == [.seconds(10)])
        clock.advance(by: .seconds(10))
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "alarm")
        try await clock.sleepers(1)
        #expect(clock.deadlines.map(\.offset) == [.seconds(20)])
        clock.advance(by: .seconds(10))
        #expect(await sleeper.value)
    }

    @Test func anAlarmThatIsCancelledStaysSilentAndHoldsNothing() async throws {
        final class Held: Sendable {}
        var held: Held? = Held()
        weak let watched = held
        let id = timer.schedule(after: .seconds(10)) { [alarms, held] in
            alarms.continuation.yield("cancelled \(String(describing: held))")
        }
        held = nil
        #expect(watched != nil)
        timer.cancel(id)
        #expect(watched == nil)
        #expect(timer.count == 0)
        schedule("next", 20)
        try await clock.sleepers(1)
        clock.advance(by: .seconds(20))
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "next")
    }

    @Test func cancellingAnAlarmThatWentOffDoesNothing() async throws {
        let id = schedule("first", 10)
        try await clock.sleepers(1)
        clock.advance(by: .seconds(10))
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "first")
        timer.cancel(id)
        schedule("second", 10)
        try await clock.sleepers(1)
        clock.advance(by: .seconds(10))
        #expect(await iterator.next() == "second")
    }

    @Test func anAlarmMaySetAnotherAndCancelOne() async throws {
        let cancelled = schedule("cancelled", 15)
        _ = timer.schedule(after: .seconds(10)) { [timer, alarms] in
            timer.cancel(cancelled)
            _ = timer.schedule(after: .seconds(10)) { alarms.continuation.yield("second") }
            alarms.continuation.yield("first")
        }
        try await clock.sleepers(1)
        clock.advance(by: .seconds(10))
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "first")
        try await clock.sleepers(1)
        clock.advance(by: .seconds(10))
        #expect(await iterator.next() == "second")
    }
}
