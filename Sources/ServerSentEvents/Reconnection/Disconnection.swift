/// Why a connection is over, as far as the next one is concerned.
struct Disconnection: Sendable {
    enum Cause: Sendable {
        /// The server ended the body.
        case ended
        /// The network failed, nothing came for too long, or the answer was refused.
        case failed(EventStreamError)
        /// The consumer was too slow for a transport that cannot pause.
        case overflowed
    }

    var cause: Cause

    /// When the answer was accepted, on the stream's clock; `nil` if it was not.
    var openedAt: Duration?

    /// When it ended, on the stream's clock: not when that was noticed.
    var endedAt = Duration.zero

    /// Whether it delivered an event.
    var deliveredEvent = false

    /// The server's `retry`, if it ever sent one.
    var reconnectionTime: Duration?

    /// Whether the server has given an ID to resume from.
    var canResume = false
}
