import ServerSentEvents
import Testing

@testable import sse

/// What the last line of a terminal tells.
struct StatusLineTests {
    private let event = EventStream.Update.event(ServerSentEvent(data: "x"))

    private func disconnected(_ delay: Duration) throws -> EventStream.Update {
        .disconnected(
            EventStream.Disconnect(
                reason: EventStreamError(.connectionFailed, ""), retryAfter: delay))
    }

    private func text(_ line: StatusLine, at seconds: Double) -> String {
        line.text(at: .seconds(seconds), width: 80)
    }

    @Test func statesAreTold() throws {
        var line = StatusLine()
        #expect(text(line, at: 0.4) == "connecting · 0:00")
        line.note(.connecting(attempt: 2), at: .seconds(1))
        #expect(text(line, at: 1) == "connecting, attempt 2 · 0:01")
        line.note(.open(ResponseHead(status: 200)), at: .seconds(2))
        line.note(.comment("x"), at: .seconds(2))
        #expect(text(line, at: 62) == "connected · 1:02")
        line.note(try disconnected(.seconds(2.5)), at: .seconds(100))
        let countdown = [100, 100.4, 100.6, 101.5, 101.6, 102.5, 110].map { text(line, at: $0) }
        #expect(
            countdown.map { $0.split(separator: " ")[2] } == ["3", "3", "2", "1", "1", "0", "0"])
        #expect(countdown[0] == "reconnecting in 3 s · 1:40")
    }

    @Test func theRateIsThatOfTheLastSeconds() {
        var line = StatusLine()
        line.note(.open(ResponseHead(status: 200)), at: .zero)
        line.note(event, at: .seconds(0.5))
        #expect(text(line, at: 0.9) == "connected · 1 event · 1/s · 0:00")
        for tenth in 10..<100 { line.note(event, at: .seconds(Double(tenth) / 10)) }
        #expect(text(line, at: 9.9) == "connected · 91 events · 10/s · 0:09")
        #expect(text(line, at: 12.5) == "connected · 91 events · 4/s · 0:12")
        #expect(text(line, at: 20) == "connected · 91 events · 0:20")
        line.note(event, at: .seconds(20))
        #expect(text(line, at: 20) == "connected · 92 events · 0.2/s · 0:20")
    }

    @Test(arguments: 0...40)
    func itIsNarrowerThanTheWindow(width: Int) {
        var line = StatusLine()
        line.note(event, at: .zero)
        let whole = "connecting · 1 event · 1/s · 0:00"
        let text = line.text(at: .zero, width: width)
        #expect(text.count <= max(1, width - 1))
        #expect(width > whole.count ? text == whole : text.hasSuffix("…"))
        #expect(whole.hasPrefix(text.prefix { $0 != "…" }))
    }

    @Test(arguments: [
        (0.0, "0.000", "0:00"), (1.25, "1.250", "0:01"), (59.9994, "59.999", "0:59"),
        (62.5, "1:02.500", "1:02"), (3600, "1:00:00.000", "1:00:00"),
        (36_061.001, "10:01:01.001", "10:01:01"),
    ])
    func timesAreAsOnAWatch(seconds: Double, clock: String, watch: String) {
        let time = Duration.nanoseconds(Int64(seconds * 1_000_000_000))
        #expect(time.clockText == clock)
        #expect(time.watchText == watch)
    }
}
