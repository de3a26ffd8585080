extension EventSource {
    /// What is kept for a listener that falls behind, and what happens when that is full.
    ///
    /// ```swift
    /// let latest = source.events(ofType: "price", buffering: .dropOldest(limit: 10))
    /// let orders = source.events(ofType: "order", buffering: .slow(limit: 100))
    /// ```
    ///
    /// Events are shared between listeners, not copied. An event counts with the bytes of its data,
    /// its type and its ID; one may always be kept, however large.
    public struct Buffering: Sendable, Hashable {
        enum Overflow {
            case dropOldest
            case slow
        }

        let overflow: Overflow
        let limit: Int
        let bytes: Int

        private init(_ overflow: Overflow, limit: Int, bytes: Int) {
            self.overflow = overflow
            self.limit = max(1, limit)
            self.bytes = max(1, bytes)
        }

        /// The oldest event makes way for a new one, and is counted in ``Events/droppedCount``; the
        /// source and the other listeners go on.
        ///
        /// - Parameters:
        ///   - limit: How many events are kept, at least 1; 256 by default.
        ///   - bytes: How many bytes are kept; 4 MiB by default.
        /// - Returns: The policy.
        public static func dropOldest(limit: Int = 256, bytes: Int = 4_194_304) -> Buffering {
            Buffering(.dropOldest, limit: limit, bytes: bytes)
        }

        /// The source waits until the listener takes an event or leaves: every listener waits with
        /// it, and in the end the server.
        ///
        /// - Parameters:
        ///   - limit: From how many events on the source waits, at least 1; 256 by default.
        ///   - bytes: From how many bytes on the source waits; 4 MiB by default.
        /// - Returns: The policy.
        public static func slow(limit: Int = 256, bytes: Int = 4_194_304) -> Buffering {
            Buffering(.slow, limit: limit, bytes: bytes)
        }
    }
}
