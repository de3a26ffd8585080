import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension URLRequest {
    /// Whether it only reads, and may be sent again at will.
    ///
    /// Source: [RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2).
    var isRead: Bool {
        ["GET", "HEAD"].contains(httpMethod?.uppercased() ?? "GET")
    }
}
