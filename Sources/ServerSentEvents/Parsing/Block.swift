/// What a block of lines with data says, where all of it lies in one chunk.
///
/// Nothing is copied to know it: a block is a few ranges of the chunk.
struct Block {
    /// The value of the last `event` field; empty if there is none.
    private(set) var type = 0..<0

    /// The value of the last valid `id` field.
    private(set) var id: Range<Int>?

    /// How many `data` fields there are, and how many bytes their values take, joined.
    private var dataCount = 0
    private var dataSize = 0

    /// Reads the next block with data.
    ///
    /// - Parameters:
    ///   - bytes: The chunk.
    ///   - cursor: Where to begin, between two blocks; where the block ended, after that. If there
    ///     is no such block it is before the first line that says something.
    ///   - maximumSize: How many bytes it may take, with the ends of its lines.
    ///   - values: Where the ranges of the `data` fields' values are put.
    @inline(__always)
    init?(
        in bytes: Span<UInt8>, from cursor: inout LineCursor, maximumSize: Int,
        values: UnsafeMutableBufferPointer<Range<Int>>
    ) {
        var ahead = cursor
        while let line = ahead.next(in: bytes) {
            if line.isEmpty {
                // No line of it, and nothing made of several, is larger than all of it.
                guard ahead.position &- cursor.position <= maximumSize else { return nil }
                if dataCount > 0 {
                    cursor = ahead
                    return
                }
                guard type.isEmpty, id == nil else { return nil }
                cursor = ahead
                continue
            }
            let field = Field(line, of: bytes)
            switch field.name {
            case .data:
                guard dataCount < values.count else { return nil }
                values[dataCount] = field.value
                dataSize &+= field.value.count &+ 1
                dataCount &+= 1
            case .event:
                type = field.value
            case .id:
                let isValid = bytes.firstIndex(of: 0, in: field.value) == field.value.upperBound
                if isValid { id = field.value }
            case .retry:
                return nil
            case .comment, .unknown:
                break
            }
        }
        return nil
    }

    /// The values of the `data` fields as text, joined by line feeds.
    @inline(__always)
    func data(
        in bytes: Span<UInt8>, values: UnsafeMutableBufferPointer<Range<Int>>
    ) -> String {
        if dataCount == 1 { return bytes.text(values[0]) }
        return String(unsafeUninitializedCapacity: dataSize) { text in
            let text = UnsafeMutableRawBufferPointer(text)
            var used = 0
            for index in 0..<dataCount {
                let value = bytes.extracting(unchecked: values[index])
                if index > 0 {
                    text.storeBytes(of: LineEnd.lineFeed, toByteOffset: used, as: UInt8.self)
                    used &+= 1
                }
                value.withUnsafeBytes { value in
                    let rest = UnsafeMutableRawBufferPointer(rebasing: text.suffix(from: used))
                    rest.copyMemory(from: value)
                }
                used &+= value.count
            }
            return used
        }
    }
}
