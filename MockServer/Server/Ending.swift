/// How an answer, or the connection under it, came to its end.
///
/// ```swift
/// let ending = try await server.connection(1, on: "/feed").ended()
/// #expect(ending.by == .client)
/// ```
public struct Ending: Sendable, Hashable {
    /// Who ended it.
    ///
    /// ```swift
    /// let ending = try await server.connection(1, on: "/feed").ended()
    /// #expect(ending.by == .client)
    /// ```
    public enum Party: String, Sendable, Hashable, Codable {
        /// The client left.
        case client
        /// The server ended or dropped it, or was stopped.
        case server
    }

    /// By what it ended.
    ///
    /// ```swift
    /// let ending = try await server.connection(1, on: "/feed").ended()
    /// #expect(ending.cause == .complete)  // the connection may serve another request
    /// ```
    public enum Cause: String, Sendable, Hashable, Codable {
        /// The answer is complete; the connection may serve another request.
        case complete
        /// A FIN before the answer was complete. From a client it counts as leaving, though it might
        /// go on reading.
        case fin
        /// A reset. A client that closes before it has read all it received sends one as well.
        case reset
        /// The client did not take what a ``Channel`` had for it, and more came than may wait.
        case overflow
        /// The server was stopped.
        case stopped
    }

    /// Who ended it.
    public var by: Party

    /// By what it ended.
    public var cause: Cause

    /// When, on the server's clock, since the request was read.
    public var at: Duration

    /// How many bytes of the body were sent, without the framing.
    public var bytesSent: Int

    /// The number of the step that was being played, from 1; 0 before the first.
    public var step: Int

    /// Creates an ending, for tests of code that takes one.
    ///
    /// - Parameters:
    ///   - party: Who ended it.
    ///   - cause: By what it ended.
    ///   - time: When, since the request was read.
    ///   - bytesSent: How many bytes of the body were sent.
    ///   - step: The number of the step that was being played.
    public init(
        by party: Party, cause: Cause, at time: Duration = .zero, bytesSent: Int = 0, step: Int = 0
    ) {
        self.by = party
        self.cause = cause
        self.at = time
        self.bytesSent = bytesSent
        self.step = step
    }
}
