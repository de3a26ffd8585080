extension EventStream {
    /// How long a stream waits for the server, on its clock.
    ///
    /// ```swift
    /// configuration.timeouts.idle = .seconds(45)  // the server sends a comment every 30 s
    /// ```
    public struct Timeouts: Sendable, Hashable {
        /// The longest time from sending a request to the head of its answer; `nil` for no limit.
        public var open: Duration? = .seconds(60)

        /// The longest time without a byte of an open stream; `nil` for no limit.
        ///
        /// Comments count as life. A time in which the stream itself has paused the connection,
        /// because the consumer is slow, does not count.
        public var idle: Duration? = .seconds(300)

        /// The longest time for the body of a refused answer, which the error carries; `nil` for no
        /// limit.
        public var errorBody: Duration? = .seconds(5)

        /// Creates the default timeouts: 60 s, 5 min and 5 s.
        public init() {}
    }
}
