extension ResponseHead {
    /// Whether the body is as the server wrote it, but for its division into chunks.
    var hasPlainBody: Bool { codings.isEmpty }

    /// What was done to the body, but for its division into chunks.
    ///
    /// Some transports undo content codings, whether they were asked for or not, and others do not.
    /// A few bytes can decode to very many, and a decoder may hold events back: so what has a coding
    /// is not read at all. `none` is no coding, but what servers send to keep a proxy from compressing;
    /// browsers read on as well.
    ///
    /// Source: [RFC 9110, section 8.4](https://www.rfc-editor.org/rfc/rfc9110#section-8.4).
    var codings: [String] {
        Self.codings(headers["content-encoding"]).filter { $0 != "identity" && $0 != "none" }
            + Self.codings(headers["transfer-encoding"]).filter {
                $0 != "chunked" && $0 != "identity"
            }
    }

    private static func codings(_ value: String?) -> [String] {
        guard let value else { return [] }
        return value.utf8.split { ", \t".utf8.contains($0) }.map { Substring($0).lowercased() }
    }
}
