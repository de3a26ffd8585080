/// Puts a body into the gzip format without making it smaller: each part is a stored block, so that a
/// client can decode it as soon as it has come.
///
/// Source: [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952), and
/// [RFC 1951, section 3.2.4](https://www.rfc-editor.org/rfc/rfc1951#section-3.2.4).
struct GzipEncoder: Sendable {
    /// The most bytes that one block can hold.
    static let blockLimit = 65_535

    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]

    private var hasBegun = false
    private var checksum = ~UInt32(0)
    private var count: UInt32 = 0

    /// Notes the next part of the body.
    ///
    /// - Parameter part: The part; no longer than ``blockLimit``.
    /// - Returns: The bytes that go out before it.
    mutating func begin(_ part: ArraySlice<UInt8>) -> [UInt8] {
        for byte in part {
            checksum = (checksum >> 8) ^ Self.table[Int(UInt8(truncatingIfNeeded: checksum) ^ byte)]
        }
        count &+= UInt32(truncatingIfNeeded: part.count)
        return headerIfNeeded() + Self.block(part.count, isLast: false)
    }

    /// Ends the body.
    ///
    /// - Returns: The bytes that go out last.
    mutating func end() -> [UInt8] {
        headerIfNeeded() + Self.block(0, isLast: true) + Self.bytes(~checksum) + Self.bytes(count)
    }

    private mutating func headerIfNeeded() -> [UInt8] {
        defer { hasBegun = true }
        return hasBegun ? [] : Self.header
    }

    private static func block(_ count: Int, isLast: Bool) -> [UInt8] {
        let length = UInt32(UInt16(clamping: count))
        return [isLast ? 1 : 0] + bytes(length | ~length << 16)
    }

    private static func bytes(_ value: UInt32) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// What each byte does to the checksum: the polynomial of RFC 1952, section 8.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
        }
    }
}
