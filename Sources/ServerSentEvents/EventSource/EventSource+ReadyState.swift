extension EventSource {
    /// The state of a source's connection, with the standard's numbers.
    ///
    /// ```swift
    /// for await state in source.readyStates where state == .open { print("live") }
    /// ```
    ///
    /// Source: [WHATWG HTML, `readyState`](https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource-readystate).
    public enum ReadyState: Int, Sendable, Hashable {
        /// There is no connection yet, or a lost one is to be made again.
        case connecting = 0

        /// The server accepted the request: events come.
        case open = 1

        /// There is no connection, and none will be made.
        case closed = 2
    }
}
