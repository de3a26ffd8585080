/// Why a stream ended for good, or why one of its events could not be decoded.
///
/// ```swift
/// do throws(EventStreamError) {
///     for try await event in EventStream(url: url) { print(event.data) }
/// } catch {
///     // One sentence that says what to do.
///     print(error)
///     if error.code == .refused, error.response?.status == 401 { signIn() }
/// }
/// ```
///
/// Cancelling the task that iterates is no error: the sequence ends.
public struct EventStreamError: Error, Sendable {
    /// What kind of failure it is.
    public var code: Code

    /// The answer that ended the stream, if it was an answer.
    public var response: Response?

    /// The event that could not be decoded, or was of an unknown type; never shown by descriptions.
    ///
    /// The stream goes on after such an error, with the iterator's next call.
    public var event: ServerSentEvent?

    /// How many connections in a row had failed, this one included.
    ///
    /// 0 if this one had delivered events, and where it is not a connection that failed, as with a bad
    /// redirect or an event that is too large.
    public var attempts: Int

    /// The error below this one, if there is one: the transport's, the decoder's, or your own
    /// closure's.
    public var underlying: (any Error)?

    /// What happened and what to do about it, in one sentence.
    public var message: String

    /// Creates an error, for transports and policies of one's own.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is.
    ///   - message: What happened and what to do about it, in one sentence.
    ///   - response: The answer that caused it.
    ///   - event: The event that caused it.
    ///   - attempts: How many connections in a row had failed.
    ///   - underlying: The error below this one.
    public init(
        _ code: Code,
        _ message: String,
        response: Response? = nil,
        event: ServerSentEvent? = nil,
        attempts: Int = 0,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.response = response
        self.event = event
        self.attempts = attempts
        self.underlying = underlying
    }
}
