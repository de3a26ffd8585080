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

    private var buffer: [UInt8] = []

    /// Whether there was no `data` line; the data of one that was empty is present.
    var isAbsent: Bool {
        @inline(__always) get { location == .nowhere }
    }

    /// The number of bytes so far.
    var count: Int {
        @inline(__always) get {
            location == .buffer ? buffer.count - range.lowerBound : range.count
        }
    }

    /// Adds a line that lies in the chunk.
    @inline(__always)
    mutating func append(_ value: Range<Int>, of chunk: [UInt8]) {
        if location == .nowhere {
            location = .chunk
            range = value
        } else {
            appendFurther(value, of: chunk)
        }
    }

    private mutating func appendFurther(_ value: Range<Int>, of chunk: [UInt8]) {
        detach(from: chunk)
        buffer.append(LineEnd.lineFeed)
        buffer.append(contentsOf: chunk[value])
    }

    /// Adds a line that was carried over chunks.
    ///
    /// - Parameters:
    ///   - value: Where in `line` the value is; it goes up to the end.
    ///   - line: The line. If it is the first, it becomes the buffer, and what it is left with
    ///     is the old one: 16 MiB are not copied once more.
    mutating func append(_ value: Range<Int>, taking line: inout [UInt8]) {
        if location == .nowhere {
            swap(&buffer, &line)
            location = .buffer
            range = value
        } else {
            appendFurther(value, of: line)
        }
    }

    /// Copies what lies in the chunk, as the chunk is about to go.
    @inline(__always)
    mutating func detach(from chunk: [UInt8]) {
        if location == .chunk { copy(from: chunk) }
    }

    private mutating func copy(from chunk: [UInt8]) {
        buffer.append(contentsOf: chunk[range])
        location = .buffer
        range = 0..<0
    }

    /// The data as text, decoded as UTF-8 with repairs.
    @inline(__always)
    func text(chunk: [UInt8]) -> String {
        location == .buffer
            ? buffer.span.text(range.lowerBound..<buffer.count) : chunk.span.text(range)
    }

    /// Makes ready for the next block.
    @inline(__always)
    mutating func removeAll() {
        if location == .buffer { buffer.empty() }
        location = .nowhere
        range = 0..<0
    }
}
