/// What descriptions leave out, as they end up in logs and in failures of tests.
package enum Redaction {
    /// What stands in the place of a secret.
    package static let mark = "[redacted]"

    /// Parts of the names of fields that carry credentials, such as `Set-Cookie` and `X-Api-Key`:
    /// which ones a service takes is not known here, so that it is better to hide too many.
    private static let secretWords = [
        "auth", "cookie", "credential", "key", "passw", "secret", "session", "signature", "token",
    ]

    /// Fields whose values are URLs, in whose queries services put tokens.
    private static let urlFields = ["content-location", "link", "location", "referer", "refresh"]

    /// Whether a field of this name may carry a credential.
    package static func isSecret(fieldName: String) -> Bool {
        let name = fieldName.lowercased()
        return secretWords.contains { name.contains($0) }
    }

    /// Whether the value of a field of this name is a URL.
    package static func isURL(fieldName: String) -> Bool {
        urlFields.contains(fieldName.lowercased())
    }

    /// The value of a field, as far as it may be shown.
    package static func value(_ value: String, ofField name: String) -> String {
        if isSecret(fieldName: name) { return mark }
        return isURL(fieldName: name) ? url(value) : value
    }

    /// A URL without its user, password, query and fragment.
    ///
    /// Whatever stands before an `@` is left out, as a password with a `/` in it would look like the
    /// beginning of a path.
    package static func url(_ text: String) -> String {
        var shown = text.prefix { $0 != "?" && $0 != "#" }
        let hasMore = shown.endIndex < text.endIndex
        var start = ""
        if let at = shown.lastIndex(of: "@") {
            let scheme = ["http://", "https://"].first { shown.lowercased().hasPrefix($0) }
            start = (scheme ?? "") + mark + "@"
            shown = shown[shown.index(after: at)...]
        }
        return start + shown + (hasMore ? "?" + mark : "")
    }

    /// The beginning of a text that should be a token, up to what makes it none.
    ///
    /// A field may have been given where a name was asked for; servers choose the type of an event,
    /// and its length.
    package static func token(_ text: String) -> String {
        let start = text.prefix(64).prefix { FieldSyntax.isToken(String($0)) }
        return (start.endIndex < text.endIndex ? start + "…" : start).debugDescription
    }
}
