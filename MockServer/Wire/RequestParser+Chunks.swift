extension RequestParser {
    /// The longest line before a chunk, with all its extensions.
    private static let chunkLineLimit = 4 << 10

    /// Reads a chunked body.
    ///
    /// Source: [RFC 9112, section 7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1).
    static func chunkedBody(
        in bytes: [UInt8], from start: Int
    ) throws(Failure) -> (body: [UInt8], count: Int)? {
        var body: [UInt8] = []
        var index = start
        while let end = try chunkLineEnd(in: bytes, from: index) {
            let line = bytes[index..<end].prefix { $0 != 0x3B && $0 != 0x0D }
            let digits = String(decoding: line, as: UTF8.self)
            // `Int` would take a sign for a part of the number.
            guard line.first != 0x2B, line.first != 0x2D, let size = Int(digits, radix: 16) else {
                throw .malformed("the chunk size is malformed: \(digits.quoted)")
            }
            index = end + 1
            if size == 0 {
                if let end = trailerEnd(in: bytes, from: index) { return (body, end) }
                guard bytes.count - index <= headLimit else { throw .longTrailers }
                return nil
            }
            guard size <= bodyLimit - body.count else { throw .tooLong }
            guard bytes.count >= index + size + 2 else { return nil }
            body += bytes[index..<index + size]
            index += size
            if bytes[index] == 0x0D { index += 1 }
            guard bytes[index] == 0x0A else {
                throw .malformed("a chunk does not end where its size says")
            }
            index += 1
        }
        return nil
    }

    private static func chunkLineEnd(
        in bytes: [UInt8], from start: Int
    ) throws(Failure) -> Int? {
        let line = bytes[start...].prefix(chunkLineLimit + 1)
        if let end = line.firstIndex(of: 0x0A) { return end }
        guard line.count <= chunkLineLimit else { throw .longLine }
        return nil
    }

    /// The end of the empty line after the last chunk; trailer fields before it are skipped.
    private static func trailerEnd(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while let end = bytes[index...].firstIndex(of: 0x0A) {
            let line = bytes[index..<end]
            if line.isEmpty || line.elementsEqual([0x0D]) { return end + 1 }
            index = end + 1
        }
        return nil
    }
}
