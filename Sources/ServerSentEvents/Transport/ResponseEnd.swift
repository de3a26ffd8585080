/// How an answer came to its end.
package enum ResponseEnd: Sendable {
    /// The body is complete: its last chunk, its length, or a close without either.
    case complete

    /// The connection could not be made, or was lost.
    case failed(any Error)

    /// More was pending than `Limits.bufferMaximum`, so the channel closed the connection.
    case overflow

    /// Nothing came for as long as `Timeouts` allows.
    case timedOut

    /// The app had the connection closed, to make another one.
    case interrupted
}
