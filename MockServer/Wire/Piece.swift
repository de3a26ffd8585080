/// A piece of a body as it goes out: inside a chunk where there are chunks.
struct Piece: Sendable {
    /// What goes out.
    let bytes: [UInt8]
    private let payload: Range<Int>

    /// Makes a piece.
    ///
    /// - Parameters:
    ///   - payload: The bytes of the body that count.
    ///   - isChunk: Whether it is a chunk of its own; it is none without bytes, as an empty chunk
    ///     ends the body.
    ///   - prefix: Bytes of the body before those, which a content coding adds.
    init(_ payload: ArraySlice<UInt8>, isChunk: Bool, prefix: [UInt8] = []) {
        let count = prefix.count + payload.count
        let isChunk = isChunk && count > 0
        let start = isChunk ? Array("\(String(count, radix: 16))\r\n".utf8) + prefix : prefix
        bytes = start + payload + (isChunk ? [0x0D, 0x0A] : [])
        self.payload = start.count..<start.count + payload.count
    }

    /// How many bytes of the body are among the first bytes of this piece.
    ///
    /// - Parameter count: How many bytes went out.
    /// - Returns: How many of them are the body's.
    func payloadCount(in count: Int) -> Int {
        min(max(0, count - payload.lowerBound), payload.count)
    }
}
