import Foundation
import ServerSentEvents
import Testing

@testable import sse

struct TextTests {
    @Test(arguments: [
        ("", #""""#), ("a/b é 🙂", #""a/b é 🙂""#), ("\"\\", #""\"\\""#),
        ("\n\r\t\r\n", #""\n\r\t\r\n""#), ("\0\u{1}\u{1F}", #""\u0000\u0001\u001f""#),
        ("\u{7F}\u{80}\u{85}\u{9B}\u{A0}", "\"\\u007f\\u0080\\u0085\\u009b\u{A0}\""),
        ("\u{2027}\u{2028}\u{2029}\u{202A}", "\"\u{2027}\\u2028\\u2029\u{202A}\""),
        ("e\u{301}\u{FEFF}", "\"e\u{301}\u{FEFF}\""),
    ])
    func aJSONStringStaysOnItsLine(text: String, expected: String) {
        #expect(Array(JSONText.string(text).utf8) == Array(expected.utf8))
    }

    @Test func everyScalarSurvivesJSON() throws {
        var text = ""
        for value in UInt32(0)...0x2_1000 {
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        let literal = JSONText.string(text)
        let decoded = try JSONDecoder().decode([String].self, from: Data("[\(literal)]".utf8))
        #expect(decoded.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars)])
        #expect(!literal.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test(arguments: [
        (Duration.zero, "0"), (.seconds(3), "3"), (.milliseconds(500), "0.5"),
        (.milliseconds(1020), "1.02"), (.microseconds(1_999_600), "2"),
        (.microseconds(499), "0"), (.seconds(Int64.max - 1), "9223372036854775806"),
    ])
    func secondsAreAJSONNumber(duration: Duration, text: String) {
        #expect(duration.secondsText == text)
    }

    @Test func aRefusalQuotesTheFirstLineOfTheBody() {
        let response = { (body: String) in
            EventStreamError.Response(ResponseHead(status: 401), body: Array(body.utf8))
        }
        let error = { (body: String) in
            EventStreamError(.refused, "unused", response: response(body)).sentence
        }
        #expect(error("") == "The server refused the stream with status 401.")
        #expect(error("\n\n") == "The server refused the stream with status 401.")
        #expect(
            error("\r\n no\u{1B}\nentry")
                == #"The server refused the stream with status 401: " no\u{1B}"."#)
        #expect(error(String(repeating: "x", count: 1000)).count < 300)
    }
}
