#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Android)
    import Android
#endif

/// The least that any parser has to do: find the end of each line, and make text of each payload.
///
/// It knows what the body looks like, and so decides nothing: no field names, no chunks, no CR.
enum LimitLoop {
    /// Goes through a body.
    ///
    /// - Parameters:
    ///   - body: The lines.
    ///   - prefix: How many bytes of a line come before its payload; `nil` if no text is to be made.
    /// - Returns: The number of bytes in all texts, so that nothing can be left out.
    @inline(never)
    static func run(_ body: [UInt8], prefix: Int?) -> Int {
        body.withUnsafeBufferPointer { bytes in
            guard var position = bytes.baseAddress else { return 0 }
            let end = position + bytes.count
            var total = 0
            while position < end, let found = memchr(position, 0x0A, end - position) {
                let lineEnd = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
                if let prefix, lineEnd - position > prefix {
                    let payload = UnsafeBufferPointer(
                        start: position + prefix, count: lineEnd - position - prefix)
                    total &+= String(decoding: payload, as: UTF8.self).utf8.count
                }
                position = lineEnd + 1
            }
            return total
        }
    }
}
