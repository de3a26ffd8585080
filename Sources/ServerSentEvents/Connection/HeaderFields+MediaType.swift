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
        let types = list.utf8.split { byte in
            defer { isEscaped = byte == UInt8(ascii: "\\") && isQuoted && !isEscaped }
            if byte == UInt8(ascii: "\""), !isEscaped { isQuoted.toggle() }
            return byte == UInt8(ascii: ",") && !isQuoted
        }
        return types.compactMap(Self.essence).last { $0 != "*/*" }
    }

    /// The type and subtype of one media type, if both are tokens.
    private static func essence(of mediaType: Substring.UTF8View) -> String? {
        let start = mediaType.prefix { $0 != UInt8(ascii: ";") }.drop(while: isBlank)
        let text = start.dropLast(start.reversed().prefix(while: isBlank).count)
        let parts = text.split(
            separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ FieldSyntax.isToken(String(Substring($0))) })
        else { return nil }
        return Substring(text).lowercased()
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
