import ServerSentEvents
import Testing

@testable import sse

struct PrinterTests {
    private static let terminal = Style(isTerminal: true, hasColour: true)
    private static let hostile = ServerSentEvent(
        type: "a\u{9B}", data: "\u{1B}]0;x\u{7}\tb\nc\u{2028}", lastEventID: "\u{1B}[2J")

    private func printer(
        output: Style, error: Style, showsUpdates: Bool = false
    ) -> PlainPrinter {
        PlainPrinter(output: output, error: error, showsUpdates: showsUpdates) {
            .milliseconds(1_250)
        }
    }

    @Test func aTerminalIsNotSentControlCharacters() {
        let printer = printer(output: Style(isTerminal: true, hasColour: false), error: .file)
        #expect(
            printer.line(for: .event(Self.hostile))
                == .result(
                    """
                    +1.250  a\\u{9B}  id \\u{1B}[2J
                      \\u{1B}]0;x\\u{7}\tb
                      c\\u{2028}


                    """))
    }

    @Test func coloursAreTheTools() {
        let printer = printer(output: Self.terminal, error: Self.terminal, showsUpdates: true)
        let event = ServerSentEvent(type: "a", data: "b", lastEventID: "c")
        #expect(
            printer.line(for: .event(event))
                == .result(
                    """
                    \u{1B}[2m+1.250\u{1B}[0m  \u{1B}[1;32ma\u{1B}[0m  \u{1B}[2mid c\u{1B}[0m
                      b


                    """))
        #expect(
            printer.line(for: .comment("\u{1B}c"))
                == .note("\u{1B}[2m+1.250  : \\u{1B}c\u{1B}[0m\n"))
    }

    /// A type keeps its colour from one run to the next, and is never red, as errors are.
    @Test func aTypeHasAColour() {
        let types = ["price", "order", "placed", "", "世界"]
        let colours = types.map { Self.terminal.coloured(type: $0, "x").dropFirst(4).prefix(2) }
        #expect(colours == ["32", "33", "36", "33", "32"])
        let all = (0..<100).map { Self.terminal.coloured(type: "type \($0)", "") }
        #expect(Set(all).count == 5)
        #expect(!all.contains { $0.contains("31m") })
    }

    @Test func statesAreShownToAPersonOnly() {
        let update = EventStream.Update.connecting(attempt: 2)
        let toAPerson = printer(
            output: .file, error: Style(isTerminal: true, hasColour: false))
        #expect(toAPerson.line(for: update) == .note("+1.250  * connecting, attempt 2\n"))
        #expect(toAPerson.line(for: .comment("ping")) == nil)
        let toAFile = printer(output: .file, error: .file)
        #expect(toAFile.line(for: update) == nil)
        #expect(toAFile.finished() == Conclusion(text: nil, status: .success))
    }

    @Test func aFileHasNoTimes() {
        let event = ServerSentEvent(type: "a", data: "b\n", lastEventID: "c")
        #expect(
            printer(output: .file, error: .file).line(for: .event(event))
                == .result("a\n  b\n  \nid c\n\n"))
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
