import Testing

@testable import MockServer

/// The bytes of a step.
struct StepTests {
    @Test(
        arguments: [
            (.event("one"), "data: one\n\n"),
            (.event(""), "data: \n\n"),
            (
                .event("a", type: "t", id: "1", retry: .seconds(3)),
                "id: 1\nevent: t\nretry: 3000\ndata: a\n\n"
            ),
            (.event("a", type: "", id: ""), "id: \nevent: \ndata: a\n\n"),
            (.event("a\nb\rc\r\nd\n"), "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n"),
            (.event("a\r\rb\n\nc"), "data: a\ndata: \ndata: b\ndata: \ndata: c\n\n"),
            (.event("a\u{2028}b\u{85}c"), "data: a\u{2028}b\u{85}c\n\n"),
            (.retry(.zero), "retry: 0\n\n"),
            (.comment("ping"), ": ping\n\n"),
            (.comment("a\nb"), ": a\n: b\n\n"),
            (.raw("data:x\r"), "data:x\r"),
            (.padding(2), ":\n"),
            (.padding(5), ":   \n"),
            (.padding(5).lineEnding(.crlf), ":  \r\n"),
            (.event("a\nb").lineEnding(.crlf), "data: a\r\ndata: b\r\n\r\n"),
            (.event("a\nb", id: "1").lineEnding(.cr), "id: 1\rdata: a\rdata: b\r\r"),
            (.event("two", id: "2").cut(afterBytes: 9), "id: 2\ndat"),
            (.event("x").cut(afterBytes: 0), ""),
            (.end, ""), (.hold, ""), (.wait(.seconds(1)), ""), (.mark("m"), ""),
        ] as [(Step, String)])
    func bytes(step: Step, expected: String) {
        #expect(String(decoding: step.bytes, as: UTF8.self) == expected)
        #expect(step.problems == [])
    }

    @Test func aStepIsDescribedAsItIsWritten() {
        let step = Step.event("a\n\"b\"", type: "t", id: "1", retry: .milliseconds(1_500))
            .cut(afterBytes: 3).dribbled(1, every: .milliseconds(20)).lineEnding(.crlf).repeated(2)
        #expect(
            step.description == #".event("a\n\"b\"", type: "t", id: "1", retry: 1.5 s)"#
                + ".cut(afterBytes: 3).dribbled(1, every: 20 ms).lineEnding(.crlf).repeated(2)")
        #expect(Step.drop(.reset).description == ".drop(.reset)")
        let long = Step.event(String(repeating: "x", count: 100)).description
        #expect(long == ".event(\"" + String(repeating: "x", count: 40) + "…\")")
    }

    @Test(
        arguments: [
            (.zero, "0 ms"), (.microseconds(40), "0 ms"), (.microseconds(400), "0.4 ms"),
            (.milliseconds(3), "3 ms"), (.microseconds(12_900), "12 ms"), (.seconds(5), "5 s"),
            (.milliseconds(1_050), "1.05 s"), (.seconds(90), "90 s"), (.milliseconds(-3), "-3 ms"),
        ] as [(Duration, String)])
    func durationsAreWrittenForPeople(duration: Duration, text: String) {
        #expect(duration.text == text)
    }

    @Test func longDurationsSaturate() {
        #expect(Duration.seconds(Int64.max).wholeMilliseconds == .max)
        #expect(Duration.seconds(Int64.min).wholeMilliseconds == .min)
        #expect(Duration.seconds(9_223_372_036_854_775).wholeMilliseconds > 0)
        #expect(Duration.milliseconds(-1_500).wholeMilliseconds == -1_500)
    }

    @Test func theLogKeepsBothEnds() {
        var log = SentLog()
        for number in 0..<1_000 {
            log.begin(.event("\(number)"), total: 5)
            log.wrote(5)
        }
        #expect(log.texts.count == 17)
        #expect(log.texts.first == "\"0\"")
        #expect(log.texts[8] == "(984 more)")
        #expect(log.texts.last == "\"999\"")
    }

    @Test func theLogCountsRepetitions() {
        var log = SentLog()
        for _ in 0..<3 {
            log.begin(.retry(.seconds(1)), total: 4)
            log.wrote(3)
            log.wrote(1)
        }
        #expect(log.retry == .seconds(1))
        log.begin(.retry(.seconds(1)), total: 4)
        log.wrote(2)
        #expect(log.texts == ["retry 1 s ×3", "2 of 4 bytes of retry 1 s"])
    }
}
