extension EventStream {
    /// How much a stream accepts and keeps, in bytes.
    ///
    /// ```swift
    /// configuration.limits.eventSize = 1024 * 1024
    /// ```
    public struct Limits: Sendable, Hashable {
        /// The largest event; a larger one is an ``EventStreamError/Code/eventTooLarge`` error.
        public var eventSize = 16 * 1024 * 1024

        /// How much may wait for the consumer before the transport is asked to pause.
        public var bufferHigh = 512 * 1024

        /// Down to how much that has to shrink before the transport is asked to go on.
        public var bufferLow = 128 * 1024

        /// How much may wait in all, with a transport that cannot pause; a piece that comes before
        /// ``bufferHigh`` is reached is always taken.
        ///
        /// Over it, the stream closes the connection, lets the consumer catch up, and resumes from
        /// the last event ID; if the server sends none, it fails with
        /// ``EventStreamError/Code/bufferOverflow``.
        public var bufferMaximum = 8 * 1024 * 1024

        /// How many redirects in a row are followed.
        public var redirects = 20

        /// Creates the default limits.
        public init() {}
    }
}
