#if canImport(Darwin)
    /// What the parser works on; it shares the memory of the array that it is made from.
    ///
    /// The span of an array is there from macOS 26 and iOS 26 on, as an array may be one of
    /// Objective-C; this has one on every system that has spans.
    typealias Bytes = ContiguousArray<UInt8>
#else
    /// What the parser works on.
    ///
    /// With a `ContiguousArray`, the compiler made the frame of each loop over a stream 1.2 KB larger
    /// (Swift 6.3), and 5,000 streams took 29 KiB each instead of 26.
    typealias Bytes = [UInt8]
#endif

extension Bytes {
    /// A buffer that grew beyond this is let go once it is emptied.
    private static let keptCapacity = 16 * 1024

    /// From here on a buffer grows by half instead of to twice its size.
    private static let largeCapacity = 1024 * 1024

    /// Appends a part of other bytes, without the costs of a slice.
    @inline(__always)
    mutating func append(_ part: Range<Int>, of bytes: Bytes) {
        if capacity >= Self.largeCapacity, capacity - count < part.count { growByHalf() }
        bytes.span.extracting(part).withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Makes room, at less than twice the memory of what it holds.
    ///
    /// Twice as much as 16 MiB is memory that the C library takes from the kernel anew each time, page
    /// by page: lines of that size went from 1,200 to 2,300 MB/s. To grow by a quarter was slower
    /// for those of 8 MiB.
    @inline(never)
    private mutating func growByHalf() {
        reserveCapacity(capacity + capacity / 2)
    }

    /// Writes a part of other bytes over its own, which have to reach far enough.
    @inline(__always)
    mutating func overwrite(from position: Int, with part: Range<Int>, of bytes: Bytes) {
        let source = bytes.span.extracting(part)
        withUnsafeMutableBytes { target in
            source.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(rebasing: target[position...]).copyMemory(
                    from: source)
            }
        }
    }

    /// Lets go of the memory if it is a lot.
    @inline(__always)
    mutating func letGoIfLarge() {
        if capacity > Self.keptCapacity { self = [] }
    }

    /// Removes all bytes, and keeps the memory for the next use unless it is a lot.
    @inline(__always)
    mutating func empty() {
        if capacity > Self.keptCapacity {
            self = []
        } else {
            removeAll(keepingCapacity: true)
        }
    }
}
