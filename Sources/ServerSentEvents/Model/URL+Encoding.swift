package import Foundation

extension URL {
    /// Whether there can be such a port: `URL` reads any number, and none at all where an `Int` does not
    /// hold it.
    package var hasPossiblePort: Bool {
        if let port { return (0...65535).contains(port) }
        return URLComponents(url: self, resolvingAgainstBaseURL: true)?.rangeOfPort?.isEmpty ?? true
    }

    /// A URL from text whose path, query or fragment may hold what a URL may not: a space, `[`, `é`.
    ///
    /// `URL(string:)` encodes such a part as a whole, and with it the `%` of what is encoded already,
    /// so that a link that is signed would no longer be the one that was signed. This leaves alone
    /// what is encoded, as browsers do.
    ///
    /// - Parameters:
    ///   - text: The URL, or what is to be resolved.
    ///   - base: The URL to resolve it by; `nil` for none.
    package init?(encoding text: String, relativeTo base: URL? = nil) {
        self.init(string: Self.encoded(text), relativeTo: base)
    }

    /// The text with each byte encoded that RFC 3986 does not allow after the authority.
    ///
    /// The authority is left to Foundation, as its host may have to become ASCII.
    private static func encoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        let start = endOfAuthority(of: bytes)
        encoded += bytes[..<start]
        var isFragment = false
        for index in start..<bytes.count {
            let byte = bytes[index]
            let next = bytes[(index + 1)...].prefix(2)
            let isAllowed =
                switch byte {
                case UInt8(ascii: "%"): next.count == 2 && next.allSatisfy(isHexDigit)
                case UInt8(ascii: "#"): !isFragment
                default: isAllowed(byte)
                }
            if byte == UInt8(ascii: "#") { isFragment = true }
            if isAllowed {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static func endOfAuthority(of bytes: [UInt8]) -> Int {
        guard let slash = bytes.firstIndex(where: isDelimiter),
            bytes[slash...].starts(with: "//".utf8),
            slash == 0 || bytes[slash - 1] == UInt8(ascii: ":")
        else { return 0 }
        return bytes[(slash + 2)...].firstIndex(where: isDelimiter) ?? bytes.count
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool { "/?#".utf8.contains(byte) }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !#""<>[\]^`{|}"#.utf8.contains(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        "0123456789ABCDEFabcdef".utf8.contains(byte)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
