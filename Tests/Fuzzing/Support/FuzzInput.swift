/// The bytes of an input, taken apart: a few that choose, and then the ones that are read.
///
/// A choice is the low six bits of a byte, so that inputs can be written as text: `@` is 0, `A` is
/// 1, `Z` is 26, `?` is 63.
struct FuzzInput {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// The bytes that have not chosen anything.
    var remaining: [UInt8] { Array(rest) }

    /// A number from 0 to 63; 0 where the input is too short.
    mutating func choice() -> Int {
        Int((rest.popFirst() ?? 0) & 63)
    }

    /// The sizes of chunks, to be used in turn.
    mutating func sizes() -> [Int] {
        (0..<4).map { _ in choice() }
    }
}

extension [UInt8] {
    /// Cuts the bytes into chunks of these sizes, in turn; some are empty if a size is 0.
    func chunks(of sizes: [Int], times factor: Int = 1) -> [[UInt8]] {
        guard sizes.contains(where: { $0 > 0 }) else { return [self] }
        var chunks: [[UInt8]] = []
        var rest = self[...]
        while !rest.isEmpty {
            let size = sizes[chunks.count % sizes.count] * factor
            chunks.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return chunks
    }
}
