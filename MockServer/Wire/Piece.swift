/// A piece of a body as it goes out: inside a chunk where there are chunks.
struct Piece: Sendable {
    /// What goes out.
    let bytes: [UInt8]
    private let payload: Range<Int>

    init(_ payload: ArraySlice<UInt8>, isChunk: Bool) {
        guard isChunk else {
            bytes = Array(payload)
            self.payload = 0..<payload.count
            return
        }
        let size = Array("\(String(payload.count, radix: 16))\r\n".utf8)
        bytes = size + payload + [0x0D, 0x0A]
        self.payload = size.count..<size.count + payload.count
    }

    /// How many bytes of the body are among the first bytes of this piece.
    ///
    /// - Parameter count: How many bytes went out.
    /// - Returns: How many of them are the body's.
    func payloadCount(in count: Int) -> Int {
        min(max(0, count - payload.lowerBound), payload.count)
    }
}
