/// A header field as `-H 'Name: value'` gives it.
struct Header: Equatable {
    let name: String
    let value: String

    /// Reads a field, and refuses what could not be sent as one.
    init(_ text: String, of option: String) throws(UsageError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isToken(String(parts[0])) else {
            throw UsageError(
                "\(option) takes 'Name: value' with a name of letters, digits and \"-\", not "
                    + "\(text.debugDescription).")
        }
        name = String(parts[0])
        let value = parts[1].drop(while: Self.isBlank)
        let blanks = value.reversed().prefix(while: Self.isBlank).count
        self.value = String(value.dropLast(blanks))
        guard !self.value.isEmpty else {
            throw UsageError(
                "\(option) takes 'Name: value', and \(text.debugDescription) has no value.")
        }
        guard Self.isLine(self.value) else {
            throw UsageError(
                "\(option) takes a value without line breaks and NUL, not "
                    + "\(text.debugDescription).")
        }
    }

    /// Whether a text can be the value of a field.
    static func isLine(_ text: String) -> Bool {
        !text.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
    }

    /// Whether a text can be the name of a field, or a method.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t"
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
