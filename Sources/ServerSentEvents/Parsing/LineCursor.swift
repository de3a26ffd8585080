/// Where a search for lines stands in a chunk, and what it knows of the bytes ahead.
///
/// A value of a few numbers: whoever goes through many lines in one go works on a copy of it, which
/// stays in registers.
struct LineCursor: Sendable {
    /// Where the bytes begin that have not been handed out.
    var position = 0

    /// From `position` up to here there is no CR: where the next one is, or how far was looked.
    ///
    /// Most streams have no CR at all, and are searched for it once a chunk instead of every line.
    var carriageReturn = 0

    /// The end of the chunk, or 0 while it is not known whether a line of its own begins in it.
    var end = 0

    /// Where lines end in the bytes from `windowStart` up to `windowEnd`, a bit for each.
    ///
    /// Most lines are shorter than a window, which is searched but once for all that end in it:
    /// comments of 12 bytes went from 0.95 to 1.15 of the limit.
    private var window: UInt64 = 0
    private var windowStart = 0
    private var windowEnd = 0

    /// Makes ready for another chunk.
    mutating func restart(at start: Int) {
        position = start
        carriageReturn = 0
        forgetEnd()
    }

    /// Makes ready for a chunk that has grown, or was moved.
    mutating func forgetEnd() {
        end = 0
        windowEnd = 0
    }

    /// Looks for the first CR of a chunk that nothing has been looked for in.
    @inline(__always)
    mutating func findCarriageReturn(in chunk: Bytes) {
        guard position < end else { return }
        carriageReturn = chunk.span.firstIndex(of: LineEnd.carriageReturn, in: position..<end)
    }

    /// Finds the next line, for whoever does not work on a copy.
    ///
    /// The span of a chunk cannot be had while a part of what holds the chunk changes.
    @inline(__always)
    mutating func next(in chunk: Bytes) -> Range<Int>? {
        next(in: chunk.span)
    }

    /// Finds the next line, if it and its end lie in the chunk.
    ///
    /// `nil` says nothing: ask `LineScanner.nextOfAnyKind`.
    @inline(__always)
    mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
        let start = position
        guard start < end else { return nil }
        if bytes[unchecked: start] == LineEnd.lineFeed {
            position = start &+ 1
            return Range(uncheckedBounds: (start, start))
        }
        let lineEnd = firstLineEnd(in: bytes)
        let next = lineEnd &+ 1
        // What follows a CR at the end of a chunk is not known. The end may also be how far was looked
        // for a CR before a chunk was joined to this one.
        guard next < end || lineEnd < end && bytes[lineEnd] == LineEnd.lineFeed else { return nil }
        let found = bytes[unchecked: lineEnd]
        if found == LineEnd.lineFeed {
            position = next
        } else if found != LineEnd.carriageReturn {
            return nil
        } else if bytes[unchecked: next] == LineEnd.lineFeed {
            position = next &+ 1
        } else {
            position = next
        }
        return Range(uncheckedBounds: (start, lineEnd))
    }

    /// The position of the first LF or CR from `position` on, or how far was looked.
    @inline(__always)
    private mutating func firstLineEnd(in bytes: Span<UInt8>) -> Int {
        let start = position
        if start < windowEnd {
            let ahead = window &>> UInt64(truncatingIfNeeded: start &- windowStart)
            if ahead != 0 { return start &+ ahead.trailingZeroBitCount }
        }
        return nextLineEnd(in: bytes, from: max(start, windowEnd))
    }

    /// The position of the first one after the bytes that were looked at.
    ///
    /// A line begins with a look at 64 bytes. Where there is a CR to be expected a second one is
    /// cheaper than two searches.
    @inline(__always)
    private mutating func nextLineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
        if carriageReturn <= start || start == position, start < end, end >= 64 {
            // Near the end of the chunk it begins before what is looked for.
            windowStart = min(start, end &- 64)
            windowEnd = windowStart &+ 64
            window = bytes.lineEnds(at: windowStart)
            let ahead = window &>> UInt64(truncatingIfNeeded: start &- windowStart)
            if ahead != 0 { return start &+ ahead.trailingZeroBitCount }
        }
        return distantLineEnd(in: bytes, from: max(start, windowEnd))
    }

    /// The position of the first one, by searching for what is likely to be far away.
    @inline(never)
    private mutating func distantLineEnd(in bytes: Span<UInt8>, from start: Int) -> Int {
        if carriageReturn <= start {
            carriageReturn = bytes.firstIndex(of: LineEnd.carriageReturn, in: start..<end)
        }
        return bytes.firstIndex(of: LineEnd.lineFeed, in: start..<carriageReturn)
    }
}
