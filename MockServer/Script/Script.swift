/// What a whole server answers, path by path: a value that a file can hold.
///
/// ```swift
/// let script: Script = [
///     "/feed": [.stream([.event("one", id: "1"), .drop(.reset)]), .stream([.event("two"), .hold])],
///     "/health": [.status(204), .repeatLast],
/// ]
/// let file = try JSONEncoder().encode(script)
/// let same = try Script(json: file)
/// server.script(same)
/// ```
///
/// `sse serve FILE` plays such a file, and `sse record URL -o FILE` writes one.
public struct Script: Sendable, Hashable {
    /// The replies by path, in the order of the requests.
    public var replies: [String: [Reply]]

    /// Creates a script.
    ///
    /// - Parameter replies: The replies by path.
    public init(_ replies: [String: [Reply]] = [:]) {
        self.replies = replies
    }
}

extension Script: ExpressibleByDictionaryLiteral {
    /// Creates a script from a literal.
    ///
    /// - Parameter elements: Paths with their replies; those of a path that occurs again are added.
    public init(dictionaryLiteral elements: (String, [Reply])...) {
        replies = Dictionary(elements, uniquingKeysWith: +)
    }
}

extension Script: Codable {
    /// Reads an object: `{"/feed": [{"stream": [{"event": "one"}, "hold"]}]}`.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        replies = try decoder.singleValueContainer().decode([String: [Reply]].self)
    }

    /// Writes the script as `init(from:)` reads it.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(replies)
    }
}
