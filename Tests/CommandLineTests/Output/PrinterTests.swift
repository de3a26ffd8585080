import ServerSentEvents
import Testing

@testable import sse

struct PrinterTests {
    private static let terminal = Style(isTerminal: true, hasColour: true)
    private static let hostile = ServerSentEvent(
        type: "a\u{9B}", data: "\u{1B}]0;x\u{7}\tb\nc\u{2028}", lastEventID: "\u{1B}[2J")

    @Test func aTerminalIsNotSentControlCharacters() {
        let printer = PlainPrinter(
            output: Style(isTerminal: true, hasColour: false), error: .file, showsUpdates: false)
        #expect(
            printer.line(for: .event(Self.hostile))
                == .result(
                    """
                    a\\u{9B}
                      \\u{1B}]0;x\\u{7}\tb
                      c\\u{2028}
                    id \\u{1B}[2J


                    """))
    }

    @Test func coloursAreTheTools() {
        let printer = PlainPrinter(output: Self.terminal, error: Self.terminal, showsUpdates: true)
        let event = ServerSentEvent(type: "a", data: "b", lastEventID: "c")
        #expect(
            printer.line(for: .event(event))
                == .result("\u{1B}[1ma\u{1B}[0m\n  b\n\u{1B}[2mid c\u{1B}[0m\n\n"))
        #expect(
            printer.line(for: .comment("\u{1B}c"))
                == .note("\u{1B}[2m: \\u{1B}c\u{1B}[0m\n"))
    }

    @Test func statesAreShownToAPersonOnly() {
        let update = EventStream.Update.connecting(attempt: 2)
        let toAPerson = PlainPrinter(
            output: .file, error: Style(isTerminal: true, hasColour: false), showsUpdates: false)
        #expect(toAPerson.line(for: update) == .note("* connecting, attempt 2\n"))
        #expect(toAPerson.line(for: .comment("ping")) == nil)
        let toAFile = PlainPrinter(output: .file, error: .file, showsUpdates: false)
        #expect(toAFile.line(for: update) == nil)
        #expect(toAFile.finished() == Conclusion(text: nil, status: .success))
    }

    @Test(arguments: [
        (true, [:], true), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
        (true, ["TERM": "dumb"], false), (false, [:], false),
    ])
    func coloursAreForTerminalsThatWantThem(
        isTerminal: Bool, environment: [String: String], expected: Bool
    ) {
        #expect(Style(isTerminal: isTerminal, environment: environment).hasColour == expected)
    }
}
