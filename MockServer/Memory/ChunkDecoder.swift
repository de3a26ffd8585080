/// Undoes the chunked coding, piece by piece.
///
/// Source: [RFC 9112, section 7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1).
struct ChunkDecoder: Sendable {
    /// What one step of reading came to.
    enum Progress: Sendable {
        /// Bytes of the body; none if a line was not complete.
        case body([UInt8])
        /// The last chunk and its trailers were read.
        case end
        case malformed(String)
    }

    private enum State {
        case size
        case data(Int)
        /// The line end after the data.
        case dataEnd
        case trailer
    }

    private static let lineLimit = 16 << 10

    private var state = State.size
    private var line: [UInt8] = []

    /// Reads the rest of one line or of one chunk's data.
    ///
    /// - Parameter bytes: The bytes; what was read is removed.
    /// - Returns: What came of it.
    mutating func read(_ bytes: inout ArraySlice<UInt8>) -> Progress {
        if case .data(let count) = state {
            let data = bytes.prefix(count)
            bytes.removeFirst(data.count)
            state = data.count == count ? .dataEnd : .data(count - data.count)
            return .body(Array(data))
        }
        guard let end = bytes.firstIndex(of: 0x0A) else {
            line += bytes
            bytes = []
            return line.count > Self.lineLimit
                ? .malformed("a line of the chunks is too long") : .body([])
        }
        line += bytes[..<end]
        bytes = bytes[(end + 1)...]
        if line.last == 0x0D { line.removeLast() }
        defer { line = [] }
        return lineEnded()
    }

    private mutating func lineEnded() -> Progress {
        switch state {
        case .size:
            let text = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            let digits = text.filter { $0 != " " && $0 != "\t" }
            guard let count = Int(digits, radix: 16), count >= 0, digits.first != "+" else {
                return .malformed("the size of a chunk is no number")
            }
            state = count == 0 ? .trailer : .data(count)
        case .dataEnd:
            guard line.isEmpty else { return .malformed("a chunk is longer than it says") }
            state = .size
        case .trailer:
            if line.isEmpty { return .end }
        case .data:
            preconditionFailure("data is not read by lines")
        }
        return .body([])
    }
}
