/// A header field as `-H 'Name: value'` gives it.
struct Header: Equatable {
    let name: String
    let value: String

    /// Reads a field, and refuses what could not be sent as one.
    ///
    /// The sentences do not quote it, as it may be a secret.
    init(_ text: String, of option: String) throws(UsageError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isToken(String(parts[0])) else {
            throw UsageError(
                "\(option) takes 'Name: value' with a name of letters, digits and \"-\".")
        }
        let start = parts[1].drop(while: Self.isBlank)
        let value = start.dropLast(start.reversed().prefix(while: Self.isBlank).count)
        guard !value.isEmpty, Self.isLine(String(value)) else {
            throw UsageError(
                "\(option) takes 'Name: value', and the value of \(parts[0]) is empty or has line "
                    + "breaks.")
        }
        self.name = String(parts[0])
        self.value = String(value)
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
