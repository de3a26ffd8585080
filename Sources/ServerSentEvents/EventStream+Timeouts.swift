extension EventStream {
    /// How long a stream waits for the server, on its clock.
    ///
    /// ```swift
    /// configuration.timeouts.idle = .seconds(45)  // the server sends a comment every 30 s
    /// ```
    ///
    /// The default clock is `ContinuousClock`, for which the time passes in which the machine is
    /// asleep. A timeout or a delay that ends in that time is over on waking: a connection that was
    /// open before is made again once, instead of being waited for, as the server has most likely
    /// given it up. With `SuspendingClock` that time does not count, and a connection that died in it
    /// is noticed only after the whole of ``idle``, awake.
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
