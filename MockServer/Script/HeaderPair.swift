/// A header field as a script file writes it where the order matters: `["name", "value"]`.
struct HeaderPair: Codable {
    let field: Headers.Field

    init(_ field: Headers.Field) {
        self.field = field
    }

    init(from decoder: any Decoder) throws {
        guard let texts = try? decoder.singleValueContainer().decode([String].self),
            texts.count == 2
        else {
            throw DecodingError.nonsense(
                "a header is a pair of texts: [\"name\", \"value\"]", decoder)
        }
        field = Headers.Field(name: texts[0], value: texts[1])
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode([field.name, field.value])
    }
}
