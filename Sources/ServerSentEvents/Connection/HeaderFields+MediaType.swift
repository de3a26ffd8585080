extension HeaderFields {
    /// The media type of the body, in lower case and without parameters; `nil` if none is told.
    ///
    /// Of several, in a list or in fields of their own, the last one that is well-formed counts.
    ///
    /// Source: [Fetch, "extract a MIME
    /// type"](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type).
    var mediaType: String? {
        guard let list = self["content-type"] else { return nil }
        var isQuoted = false
        var isEscaped = false
        let types = list.split { character in
            defer { isEscaped = character == "\\" && isQuoted && !isEscaped }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            return character == "," && !isQuoted
        }
        return types.compactMap(Self.essence).last { $0 != "*/*" }
    }

    /// The type and subtype of one media type, if both are tokens.
    private static func essence(of mediaType: Substring) -> String? {
        let start = mediaType.prefix { $0 != ";" }.drop(while: isBlank)
        let text = start.dropLast(start.reversed().prefix(while: isBlank).count)
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ FieldSyntax.isToken(String($0)) }) else {
            return nil
        }
        return text.lowercased()
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t"
    }
}
