extension [UInt8] {
    /// Every byte for itself.
    var singleBytes: [[UInt8]] { map { [$0] } }

    /// Two chunks, cut at an index.
    func split(at index: Int) -> [[UInt8]] {
        [Array(prefix(index)), Array(dropFirst(index))]
    }

    /// Chunks of one length.
    func chunks(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }

    /// Chunks of random lengths, some of them empty.
    func randomChunks(
        upTo longest: Int, using generator: inout some RandomNumberGenerator
    ) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        var rest = self[...]
        while !rest.isEmpty {
            let size = Int.random(in: 0...longest, using: &generator)
            chunks.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return chunks
    }
}
