/// The data of the block that is being read: its `data` lines, joined by line feeds.
///
/// A single line stays where it is, a range of the chunk, until the event is made from it. Only
/// what several lines or several chunks make up is gathered in a buffer.
struct EventData: Sendable {
    private enum Location {
        case nowhere
        case chunk
        case buffer
    }

    private var location = Location.nowhere

    /// Where the data lies in the chunk, or where it begins in the buffer.
    private var range = 0..<0

    /// Only the first `used` bytes count: to empty an array and fill it again costs more than to
    /// write over what it holds.
    private var buffer: Bytes = []
    private var used = 0

    /// Whether there was no `data` line; the data of one that was empty is present.
    var isAbsent: Bool {
        @inline(__always) get { location == .nowhere }
    }

    /// Adds a line that lies in the chunk; returns by how many bytes the data grew.
    @inline(__always)
    mutating func append(_ value: Range<Int>, of chunk: Bytes) -> Int {
        if location == .nowhere {
            location = .chunk
            range = value
            return value.count
        }
        appendFurther(value, of: chunk)
        return value.count + 1
    }

    @inline(never)
    private mutating func appendFurther(_ value: Range<Int>, of bytes: Bytes) {
        detach(from: bytes)
        // The byte before a value is its colon, its space or the end of its name: copied with the
        // value and overwritten, it makes room for the line feed without a second append.
        let joint = used
        write(value.lowerBound - 1..<value.upperBound, of: bytes)
        buffer[joint] = LineEnd.lineFeed
    }

    @inline(__always)
    private mutating func write(_ part: Range<Int>, of bytes: Bytes) {
        let end = used + part.count
        if end <= buffer.count {
            buffer.overwrite(from: used, with: part, of: bytes)
        } else {
            buffer.removeLast(buffer.count - used)
            buffer.append(part, of: bytes)
        }
        used = end
    }

    /// Adds a line that was carried over chunks.
    ///
    /// - Parameters:
    ///   - value: Where in `line` the value is; it goes up to the end.
    ///   - line: The line. If it is the first, it becomes the buffer, and what it is left with
    ///     is the old one: 16 MiB are not copied once more.
    /// - Returns: By how many bytes the data grew.
    mutating func append(_ value: Range<Int>, taking line: inout Bytes) -> Int {
        if location == .nowhere {
            swap(&buffer, &line)
            used = buffer.count
            location = .buffer
            range = value
            return value.count
        }
        appendFurther(value, of: line)
        return value.count + 1
    }

    /// Copies what lies in the chunk, as the chunk is about to go.
    @inline(__always)
    mutating func detach(from chunk: Bytes) {
        if location == .chunk { copy(from: chunk) }
    }

    @inline(never)
    private mutating func copy(from chunk: Bytes) {
        write(range, of: chunk)
        location = .buffer
        range = 0..<0
    }

    /// The data as text, decoded as UTF-8 with repairs.
    @inline(__always)
    func text(chunk: Bytes) -> String {
        location == .chunk ? chunk.span.text(range) : bufferedText()
    }

    @inline(never)
    private func bufferedText() -> String {
        buffer.span.text(range.lowerBound..<used)
    }

    /// Makes ready for the next block.
    @inline(__always)
    mutating func removeAll() {
        if location == .buffer {
            buffer.letGoIfLarge()
            used = 0
        }
        location = .nowhere
    }
}
