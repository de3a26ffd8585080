extension EventStream {
    /// How long a stream waits for the server, on its clock.
    ///
    /// ```swift
    /// configuration.timeouts.idle = .seconds(45)  // the server sends a comment every 30 s
    /// ```
    public struct Timeouts: Sendable, Hashable {
        /// The longest time from sending a request to the head of its answer; `nil` for no limit.
        public var open: Duration? = .seconds(60)

        /// The longest time without a byte while the stream is waited for; `nil` for no limit.
        ///
        /// Comments count as life.
        public var idle: Duration? = .seconds(300)

        /// Creates the default timeouts: 60 s and 5 min.
        public init() {}
    }
}
