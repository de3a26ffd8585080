extension ManualClock {
    /// A moment on a manual clock: the time since its beginning.
    ///
    /// ```swift
    /// let clock = ManualClock()
    /// clock.advance(by: .seconds(30))
    /// #expect(clock.now == ManualClock.Instant(offset: .seconds(30)))
    /// ```
    public struct Instant: InstantProtocol, CustomStringConvertible {
        /// The time since the clock's beginning.
        public var offset: Duration

        /// Creates a moment.
        ///
        /// - Parameter offset: The time since the clock's beginning.
        public init(offset: Duration) {
            self.offset = offset
        }

        /// A moment later, or earlier for a negative duration.
        ///
        /// - Parameter duration: How much later.
        /// - Returns: The moment.
        public func advanced(by duration: Duration) -> Instant {
            Instant(offset: offset.saturatingSum(duration))
        }

        /// The time from this moment to another.
        ///
        /// - Parameter other: The other moment.
        /// - Returns: The time between them.
        public func duration(to other: Instant) -> Duration {
            other.offset.saturatingDifference(offset)
        }

        /// Whether a moment is before another.
        ///
        /// - Parameters:
        ///   - one: A moment.
        ///   - other: Another.
        /// - Returns: Whether the first is earlier.
        public static func < (one: Instant, other: Instant) -> Bool {
            one.offset < other.offset
        }

        /// The time since the clock's beginning: `+3 s`.
        public var description: String { "+\(offset.text)" }
    }
}
