extension ResponseChannel {
    /// A piece of an answer.
    enum Part: Sendable {
        case head(ResponseHead)
        case chunks([[UInt8]])
        case end(ResponseEnd)
    }
}
