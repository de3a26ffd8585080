extension EventParser {
    /// What a stream consists of: events, and the comments between them.
    ///
    /// ```swift
    /// while let element = try parser.nextElement() {
    ///     switch element {
    ///     case .event(let event): print(event.data)
    ///     case .comment(let text): print("#", text)
    ///     }
    /// }
    /// ```
    ///
    /// Source: [WHATWG HTML, "Parsing an event stream"](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
    public enum Element: Sendable, Hashable {
        /// An event, as a blank line dispatched it.
        case event(ServerSentEvent)

        /// The text of a comment: what follows the colon, without one leading space.
        ///
        /// A comment counts when its line ends, so it may precede the event whose lines it is among.
        case comment(String)
    }
}
