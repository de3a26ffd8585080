/// JSON's spelling of text.
enum JSONText {
    /// A string literal on one line, whatever a reader takes for the end of a line.
    ///
    /// JSON asks only for the controls below U+0020. The others go out escaped as well, and so do
    /// U+2028 and U+2029: some readers split lines at them (Python's `splitlines`), and a terminal
    /// would obey some.
    static func string(_ text: String) -> String {
        guard text.utf8.contains(where: isSuspicious) else { return "\"\(text)\"" }
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// Whether a byte is, or may begin, something to be escaped.
    private static func isSuspicious(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
            || byte == 0xC2 || byte == 0xE2
    }
}
