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

    /// The eight bytes from a position on, the first one lowest.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The position of the first LF in a part, or the part's end if there is none.
    ///
    /// Short lines are worth a look at eight bytes at once before `memchr` is called: the smallest
    /// events went from 0.88 to 0.98 of the limit, long ones stayed where they were, and sixteen
    /// bytes were no better than eight.
    @inline(__always)
    func firstLineFeed(in part: Range<Int>) -> Int {
        guard part.count >= 8 else { return firstIndex(of: LineEnd.lineFeed, in: part) }
        // A byte of `zeroed` is 0 where there is a LF, and the lowest such byte gets its top bit.
        let zeroed = word(at: part.lowerBound) ^ 0x0A0A_0A0A_0A0A_0A0A
        let found = (zeroed &- 0x0101_0101_0101_0101) & ~zeroed & 0x8080_8080_8080_8080
        guard found == 0 else { return part.lowerBound + found.trailingZeroBitCount / 8 }
        return firstIndex(of: LineEnd.lineFeed, in: part.lowerBound + 8..<part.upperBound)
    }

    /// Where there is a LF or a CR in 64 bytes from a position on, the lowest bit for the first one.
    @inline(__always)
    func lineEnds(at index: Int) -> UInt64 {
        extracting(index..<index &+ 64).withUnsafeBytes { bytes in
            let parts = bytes.loadUnaligned(
                as: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>).self)
            return Self.lineEnds(parts.0) | Self.lineEnds(parts.1) &<< 16
                | Self.lineEnds(parts.2) &<< 32 | Self.lineEnds(parts.3) &<< 48
        }
    }

    @inline(__always)
    private static func lineEnds(_ bytes: SIMD16<UInt8>) -> UInt64 {
        let feeds = bytes ^ SIMD16(repeating: LineEnd.lineFeed)
        let returns = bytes ^ SIMD16(repeating: LineEnd.carriageReturn)
        // Comparing vectors is a loop over their bytes in the code that Swift 6.3 makes, so this is
        // arithmetic: of the bytes below 0x80 only zero has the top bit set once it is less one.
        let one = SIMD16(repeating: 1 as UInt8)
        let found = ((feeds &- one) | (returns &- one)) & ~bytes & SIMD16(repeating: 0x80)
        let halves = unsafeBitCast(found, to: SIMD2<UInt64>.self)
        // The product gathers the top bits of all bytes in its highest byte, in their order.
        let low = (UInt64(littleEndian: halves[0]) &* 0x0002_0408_1020_4081) &>> 56
        let high = (UInt64(littleEndian: halves[1]) &* 0x0002_0408_1020_4081) &>> 56
        return low | high &<< 8
    }

    /// Whether a part is the same as all of other bytes.
    @inline(__always)
    func hasSameBytes(_ other: Span<UInt8>, in part: Range<Int>) -> Bool {
        guard other.count == part.count else { return false }
        return extracting(part).withUnsafeBytes { bytes in
            other.withUnsafeBytes { other in
                #if canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Android)
                    guard let first = bytes.baseAddress, let second = other.baseAddress else {
                        return true
                    }
                    return memcmp(first, second, bytes.count) == 0
                #else
                    return bytes.elementsEqual(other)
                #endif
            }
        }
    }

    /// A part as text, decoded as UTF-8; what is invalid becomes U+FFFD as the WHATWG's decoder
    /// does it, one for each maximal subpart.
    @inline(__always)
    func text(_ part: Range<Int>) -> String {
        extracting(part).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
