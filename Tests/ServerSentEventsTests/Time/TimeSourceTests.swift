import MockServer
import Testing

@testable import ServerSentEvents

/// The alarms of the two kinds of clocks.
@Suite(.timeLimit(.minutes(1)))
struct TimeSourceTests {
    private let alarms = AsyncStream.makeStream(of: String.self)

    private func set(_ name: String, after duration: Duration, by time: TimeSource) -> Alarm {
        time.alarm(after: duration) { [alarms] in alarms.continuation.yield(name) }
    }

    @Test func theClockOfTheSystemGoesOffButForWhatIsCancelled() async {
        let time = TimeSource(ContinuousClock())
        set("cancelled", after: .milliseconds(200), by: time).cancel()
        _ = set("second", after: .milliseconds(400), by: time)
        _ = set("first", after: .zero, by: time)
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "first")
        #expect(await iterator.next() == "second")
    }

    @Test func aClockOfATestGoesOffButForWhatIsCancelled() async throws {
        let clock = ManualClock()
        let time = TimeSource(clock)
        let cancelled = set("cancelled", after: .seconds(5), by: time)
        try await clock.sleepers(1)
        cancelled.cancel()
        _ = set("second", after: .seconds(10), by: time)
        _ = set("first", after: .seconds(-1), by: time)
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "first")
        while clock.deadlines.map(\.offset) != [.seconds(10)] { await Task.yield() }
        clock.advance(by: .seconds(10))
        #expect(await iterator.next() == "second")
    }

    @Test func aTimeTooLongForTheClockIsShortened() async {
        let time = TimeSource(ContinuousClock())
        set("never", after: .seconds(Int64.max), by: time).cancel()
        _ = set("now", after: .zero, by: time)
        var iterator = alarms.stream.makeAsyncIterator()
        #expect(await iterator.next() == "now")
    }
}
