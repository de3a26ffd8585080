#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Android)
    import Android
#endif

extension Span<UInt8> {
    /// The position of the first `byte` in a part, or the part's end if there is none.
    @inline(__always)
    func firstIndex(of byte: UInt8, in part: Range<Int>) -> Int {
        extracting(part).withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress, !buffer.isEmpty else { return part.upperBound }
            #if canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Android)
                guard let found = memchr(start, Int32(byte), buffer.count) else {
                    return part.upperBound
                }
                return part.lowerBound + (UnsafeRawPointer(found) - start)
            #else
                return buffer.firstIndex(of: byte).map { part.lowerBound + $0 } ?? part.upperBound
            #endif
        }
    }

    /// A part as text, decoded as UTF-8; what is invalid becomes U+FFFD as the WHATWG's decoder
    /// does it, one for each maximal subpart.
    @inline(__always)
    func text(_ part: Range<Int>) -> String {
        extracting(part).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
