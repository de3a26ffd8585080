#if canImport(FoundationNetworking)
    import Dispatch

    /// Notices when the pieces of a body come one right after the other.
    ///
    /// libcurl calls once for each chunk of HTTP, and each call costs FoundationNetworking a timer and
    /// more. While a transfer is paused, libcurl puts the chunks of a read together instead. So in a
    /// burst the transfer rests until its queue has done all else: events in chunks of their own come
    /// four times as fast (96,000 to 416,000 a second), and single ones as soon as ever.
    struct Burst {
        private static let length = 4
        private static let gap: UInt64 = 100_000

        private var count = 0
        private var last: UInt64 = 0

        /// Counts a piece; true when enough have come in a row, which then starts again.
        mutating func isLong(at now: DispatchTime) -> Bool {
            let now = now.uptimeNanoseconds
            count = now < last + Self.gap ? count + 1 : 1
            last = now
            guard count == Self.length else { return false }
            count = 0
            return true
        }
    }
#endif
