import Foundation

extension String {
    /// What URLs have in their paths as it is, and the sign of what is encoded already:
    /// [RFC 3986, section 3.3](https://www.rfc-editor.org/rfc/rfc3986#section-3.3).
    private static let plainInPaths = CharacterSet.urlPathAllowed.union(["%", ";"])

    /// The path as a URL writes it, and so a request.
    var percentEncodedPath: String {
        let path = replacing(#/%(?![0-9A-Fa-f]{2})/#, with: "%25")
        return path.addingPercentEncoding(withAllowedCharacters: Self.plainInPaths) ?? path
    }
}
