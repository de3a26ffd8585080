/// One event of a stream, as the server dispatched it.
///
/// ```swift
/// for try await event in EventStream(url: url) {
///     print(event.type, event.data, event.lastEventID)
/// }
/// ```
///
/// Source: [WHATWG HTML, "Server-sent events"](https://html.spec.whatwg.org/multipage/server-sent-events.html).
public struct ServerSentEvent: Sendable, Hashable, Codable {
    /// The name from the block's `event` field, or `"message"` if the block has none.
    public var type: String

    /// The block's `data` lines, joined by line feeds.
    public var data: String

    /// The last event ID of the stream after this event: its own, or the most recent one before it.
    ///
    /// Empty until the server has sent an `id` field, and again after it has sent an empty one.
    public var lastEventID: String

    /// Creates an event, for tests and for transports of one's own.
    ///
    /// - Parameters:
    ///   - type: The event's name.
    ///   - data: The event's payload.
    ///   - lastEventID: The last event ID of the stream after this event.
    @inlinable
    public init(type: String = "message", data: String, lastEventID: String = "") {
        self.type = type
        self.data = data
        self.lastEventID = lastEventID
    }
}
