extension Decoder {
    /// Makes sure that an object has no member that would silently change nothing.
    ///
    /// - Parameter known: The members that it may have.
    /// - Throws: `DecodingError` that names the first other one.
    func refuseMembers(except known: [some CodingKey]) throws {
        let names = known.map(\.stringValue)
        let members = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
        guard let member = members.first(where: { !names.contains($0) }) else { return }
        throw DecodingError.nonsense(
            "\(member.quoted) is no member here; there are \(names.joined(separator: ", "))", self)
    }
}

extension DecodingError {
    /// What a decoder found makes no sense.
    ///
    /// - Parameters:
    ///   - text: Why, and what would.
    ///   - decoder: The decoder.
    /// - Returns: The error.
    static func nonsense(_ text: String, _ decoder: any Decoder) -> DecodingError {
        dataCorrupted(Context(codingPath: decoder.codingPath, debugDescription: text))
    }
}

/// Any member of an object.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        return nil
    }
}
