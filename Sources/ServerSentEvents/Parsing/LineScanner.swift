/// Finds the lines in chunks of bytes, and carries an unfinished line over to the next chunk.
///
/// Lines end in LF, CR or CRLF. A CR ends its line at once; a LF that follows it is swallowed,
/// also when it opens the next chunk. A byte order mark is dropped at the very start.
///
/// A line that lies in one chunk is handed out as a range of it; only what is left at the end of
/// a chunk is copied. Every byte is looked at a few times at most, whatever the chunks are like.
///
/// Source: [WHATWG HTML, "Parsing an event stream"](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
struct LineScanner: Sendable {
    /// Where a line was found.
    enum Line {
        /// In `chunk`; the range is without the line's end.
        case inChunk(Range<Int>)
        /// The whole of `carry`.
        case carried
        /// All bytes are used up; the unfinished line, if there is one, is in `carry`.
        case none
    }

    /// The bytes that lines are looked for in.
    private(set) var chunk: Bytes = []

    /// The part of a line that came before `chunk`; once it is `.carried`, the caller's to empty.
    var carry: Bytes = []

    /// Where the search for lines stands in `chunk`.
    var cursor = LineCursor()

    private var swallowsLineFeed = false
    private var awaitsByteOrderMark = true

    /// Chunks up to this size are copied, as holding on to an array costs more than that.
    ///
    /// Retaining and releasing an array are two atomic operations; without them, and with nothing
    /// left to do in `next`, single bytes went from about 30 to about 50 MB/s.
    private static let smallChunkSize = 16

    /// Whether the chunk has been let go and no other has come.
    var hasNothingNew: Bool {
        @inline(__always) get { chunk.isEmpty }
    }

    /// Whether all of the chunk has been handed out.
    var isUsedUp: Bool {
        @inline(__always) get { cursor.position == chunk.count }
    }

    /// Takes the next chunk.
    @inline(__always)
    mutating func append(_ bytes: [UInt8]) {
        guard isInsideLine else { return appendLarge(bytes) }
        if bytes.count == 1 {
            guard carryOn(bytes[0]) else { return appendLarge(bytes) }
        } else if bytes.count <= Self.smallChunkSize,
            !bytes.contains(where: { Self.mayEndLine($0) })
        {
            for byte in bytes { carry.append(byte) }
        } else {
            appendLarge(bytes)
        }
    }

    /// A chunk that need not be made for each line.
    private static let lineFeed = [LineEnd.lineFeed]

    /// Takes the next byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        guard isInsideLine, carryOn(byte) else {
            return appendLarge(byte == LineEnd.lineFeed ? Self.lineFeed : [byte])
        }
    }

    /// Whether what comes next only has to be looked at for the end of a line.
    private var isInsideLine: Bool {
        @inline(__always) get { chunk.isEmpty && !swallowsLineFeed && !awaitsByteOrderMark }
    }

    /// Takes a byte if it does not end the line.
    @inline(__always)
    private mutating func carryOn(_ byte: UInt8) -> Bool {
        guard !Self.mayEndLine(byte) else { return false }
        carry.append(byte)
        return true
    }

    @inline(__always)
    private static func mayEndLine(_ byte: UInt8) -> Bool {
        byte == LineEnd.lineFeed || byte == LineEnd.carriageReturn
    }

    @inline(never)
    private mutating func appendLarge(_ bytes: [UInt8]) {
        guard isUsedUp else { return join(bytes) }
        guard let first = bytes.first else { return }
        chunk = Bytes(bytes)
        cursor.restart(at: swallowsLineFeed && first == LineEnd.lineFeed ? 1 : 0)
        swallowsLineFeed = false
        if carry.isEmpty, !awaitsByteOrderMark { cursor.end = bytes.count }
    }

    /// Puts a chunk behind bytes that nobody has asked for yet.
    private mutating func join(_ bytes: [UInt8]) {
        // What is moved to the front is less than what was used up since the last time, and
        // `append` grows geometrically: together linear, however the calls are interleaved.
        if cursor.position > chunk.count / 2 {
            chunk.removeFirst(cursor.position)
            cursor.carriageReturn = max(cursor.carriageReturn - cursor.position, 0)
            cursor.position = 0
        }
        cursor.forgetEnd()
        chunk.append(contentsOf: bytes)
    }

    /// Finds a `data` line with the blank line after it, if both lie in the chunk and end in LF.
    ///
    /// This is the way of nearly every event: one search instead of two, and no field to tell from
    /// others. `nil` says nothing: ask `nextPlain`.
    @inline(__always)
    mutating func nextDataBlock(atMost size: Int) -> Range<Int>? {
        let start = cursor.position
        if cursor.carriageReturn == 0 { cursor.findCarriageReturn(in: chunk) }
        let limit = min(cursor.carriageReturn, cursor.end)
        guard limit - start > 8 else { return nil }
        let word = chunk.span.word(at: start)
        guard word & 0xFF_FFFF_FFFF == Field.dataAndColon else { return nil }
        let hasSpace = (word >> 40) & 0xFF == UInt64(UInt8(ascii: " "))
        let value = hasSpace ? start + 6 : start + 5
        let end = chunk.span.firstLineFeed(in: value..<limit)
        guard limit - end > 1, chunk[end + 1] == LineEnd.lineFeed, end - start <= size else {
            return nil
        }
        cursor.position = end + 2
        return value..<end
    }

    /// Whether it is worth looking for a block as a whole: there are many bytes, or a blank line
    /// ends them, as where a server's event is a chunk.
    var mayHoldBlock: Bool {
        let end = cursor.end
        guard end - cursor.position >= 8 else { return false }
        if end - cursor.position >= 128 { return true }
        guard chunk[end - 1] == LineEnd.lineFeed else { return false }
        return chunk[end - 2] == LineEnd.lineFeed
            || chunk[end - 2] == LineEnd.carriageReturn && chunk[end - 3] == LineEnd.lineFeed
    }

    /// Finds the next line, if it and its end lie in the chunk.
    ///
    /// `nil` says nothing: ask `nextOfAnyKind`.
    @inline(__always)
    mutating func nextPlain() -> Range<Int>? {
        cursor.next(in: chunk)
    }

    /// Finds the next line.
    @inline(never)
    mutating func nextOfAnyKind() -> Line {
        guard cursor.position < chunk.count else { return .none }
        if awaitsByteOrderMark, !dropByteOrderMark() { return .none }
        guard cursor.position < chunk.count else { return .none }
        cursor.end = chunk.count
        let start = cursor.position
        guard let end = lineEnd() else {
            carry.append(start..<chunk.count, of: chunk)
            cursor.position = chunk.count
            return .none
        }
        cursor.position = end + 1
        if chunk[end] == LineEnd.carriageReturn {
            if cursor.position == chunk.count {
                swallowsLineFeed = true
            } else if chunk[cursor.position] == LineEnd.lineFeed {
                cursor.position += 1
            }
        }
        if carry.isEmpty { return .inChunk(start..<end) }
        carry.append(start..<end, of: chunk)
        return .carried
    }

    /// Where the line that begins at `cursor.position` ends, or `nil` if its end has not come.
    private mutating func lineEnd() -> Int? {
        var start = cursor.position
        if cursor.carriageReturn < start { cursor.carriageReturn = start }
        while true {
            let end = chunk.span.firstIndex(of: LineEnd.lineFeed, in: start..<cursor.carriageReturn)
            if end < cursor.carriageReturn { return end }
            guard end < chunk.count else { return nil }
            if chunk[end] == LineEnd.carriageReturn { return end }
            start = end
            cursor.carriageReturn = chunk.span.firstIndex(
                of: LineEnd.carriageReturn, in: start..<chunk.count)
        }
    }

    /// Drops the byte order mark if there is one; `false` if more bytes are needed to tell.
    private mutating func dropByteOrderMark() -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = chunk.prefix(mark.count)
        guard mark.starts(with: start) else {
            awaitsByteOrderMark = false
            return true
        }
        guard start.count == mark.count else { return false }
        awaitsByteOrderMark = false
        cursor.position = mark.count
        return true
    }

    /// Lets go of a chunk that is used up.
    mutating func releaseChunk() {
        guard isUsedUp, !chunk.isEmpty else { return }
        chunk = []
        cursor.restart(at: 0)
    }
}
