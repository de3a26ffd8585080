import ServerSentEvents

/// A header field as `-H 'Name: value'` gives it.
struct Header: Equatable {
    let name: String
    let value: String

    /// Reads a field, and refuses what could not be sent as one.
    ///
    /// The sentences do not quote it, as it may be a secret.
    init(_ text: String, of option: String) throws(UsageError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, FieldSyntax.isToken(String(parts[0])) else {
            throw UsageError(
                "\(option) takes 'Name: value' with a name of letters, digits and \"-\".")
        }
        let start = parts[1].drop(while: Self.isBlank)
        let value = start.dropLast(start.reversed().prefix(while: Self.isBlank).count)
        guard !value.isEmpty, FieldSyntax.isValue(String(value)) else {
            throw UsageError(
                "\(option) takes 'Name: value', and the value of \(parts[0]) is empty or has line "
                    + "breaks.")
        }
        self.name = String(parts[0])
        self.value = String(value)
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t"
    }
}
