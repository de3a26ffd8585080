extension ResponseChannel {
    /// A piece of an answer.
    package enum Part: Sendable {
        case head(ResponseHead)
        case chunks([[UInt8]])
        /// The end, and when it came on the stream's clock.
        case end(ResponseEnd, at: Duration)
    }
}
