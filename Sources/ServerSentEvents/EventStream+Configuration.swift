#if canImport(FoundationNetworking)
    public import FoundationNetworking
#else
    public import Foundation
#endif

extension EventStream {
    /// How a stream connects and reconnects, and what it puts up with.
    ///
    /// ```swift
    /// var configuration = EventStream.Configuration()
    /// configuration.headers["Authorization"] = "Bearer \(token)"
    /// configuration.timeouts.idle = .seconds(45)
    /// let stream = EventStream(url: url, configuration: configuration)
    /// ```
    ///
    /// A value that cannot be used is an ``EventStreamError/Code/invalidRequest`` error when the
    /// stream is iterated; nothing is sent then.
    public struct Configuration: Sendable {
        /// Header fields to send, which win over the request's and the stream's own.
        ///
        /// Two names that differ in case alone are an error.
        public var headers: [String: String] = [:]

        /// Names of header fields that a redirect to another origin must not carry along.
        ///
        /// `Authorization`, `Cookie` and `Proxy-Authorization` never are.
        public var secretHeaders: Set<String> = []

        /// Whether cookies are sent and stored; not by default.
        public var credentials = Credentials.omit

        /// The event ID to resume from, say one stored by an earlier launch; empty for none.
        public var lastEventID = ""

        /// When the stream connects again.
        ///
        /// `nil`, the default, stands for ``ReconnectionPolicy/default`` for GET and HEAD, and for
        /// ``ReconnectionPolicy/never`` for other methods, as sending them again may repeat their
        /// effect. Set a policy before you change one: `reconnection?.maximumAttempts = 1` does
        /// nothing to `nil`.
        public var reconnection: ReconnectionPolicy?

        /// Pauses the stream, or has it connect at once; one control may steer several streams.
        public var control: ConnectionControl?

        /// The event after which the server sends nothing more, as agreed with it.
        public var terminator: Terminator?

        /// How long the stream waits for the server.
        public var timeouts = Timeouts()

        /// How much the stream accepts and keeps.
        public var limits = Limits()

        /// Completes the request of each attempt, say with a fresh token; what it throws ends the
        /// stream with ``EventStreamError/Code/prepareFailed``.
        public var prepareRequest:
            (@Sendable (_ request: inout URLRequest, _ attempt: Attempt) async throws -> Void)?

        /// Has the last word on each reconnection: returns the delay, or `nil` to give up.
        ///
        /// ```swift
        /// configuration.reviewReconnection = { disconnect in
        ///     disconnect.reason.code == .refused ? nil : disconnect.retryAfter
        /// }
        /// ```
        ///
        /// It is asked where ``reconnection`` connects again, and told after which time. A delay
        /// shorter than the policy's ``ReconnectionPolicy/minimumDelay`` counts as that; where it
        /// gives up, the stream fails with the disconnect's reason, or with
        /// ``EventStreamError/Code/truncated`` if an answer that began was cut before its terminator.
        public var reviewReconnection: (@Sendable (_ disconnect: Disconnect) -> Duration?)?

        /// Is told what happens, in order, before the loop is: for logs, metrics and signposts.
        ///
        /// ```swift
        /// configuration.observe = { update in print(Date.now, update) }
        /// ```
        ///
        /// It gets what ``EventStream/updates`` would, from the same connections as the loop, and
        /// runs in the loop's task: it must not block. How the stream ends is not among it: the loop
        /// throws that. Events then take a slower way.
        public var observe: (@Sendable (_ update: Update) -> Void)?

        /// What carries the requests.
        public var transport: any EventTransport = .urlSession

        /// The clock of every wait: a manual one in tests.
        ///
        /// By default the time counts in which the machine is asleep; see ``Timeouts``.
        public var clock: any Clock<Duration> = ContinuousClock()

        /// The source of jitter, of which every iterator starts with a copy: a seeded one in tests.
        public var generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()

        /// Is shown every part of every answer, in the consumer's task, before the stream takes it:
        /// for recordings.
        package var observePart: (@Sendable (ResponseChannel.Part) -> Void)?

        /// Creates a configuration with every default.
        public init() {}
    }
}
