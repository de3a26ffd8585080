/// Turns the bytes of a stream into events.
public struct EventParser: Sendable {
    /// Creates a parser.
    public init() {}
}
