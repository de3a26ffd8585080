/// Decides whether and when a stream connects again, and waits until then.
///
/// Asked once for each connection that ends, never on the way of an event.
actor Reconnector {
    enum Decision: Sendable {
        /// The stream ends normally.
        case finish
        /// The stream fails.
        case fail(EventStreamError)
        /// The next connection comes after this delay; the error is what it would have been.
        case reconnect(after: Duration, reason: EventStreamError)
    }

    private let policy: ReconnectionPolicy
    private let time: TimeSource
    private var generator: any RandomNumberGenerator & Sendable

    /// Connections in a row that were not healthy.
    private var failures = 0
    /// Delays in a row without a healthy connection between them.
    private var delays = 0
    private var hasBeenOpen = false

    init(
        policy: ReconnectionPolicy,
        time: TimeSource,
        generator: any RandomNumberGenerator & Sendable
    ) {
        self.policy = policy
        self.time = time
        self.generator = generator
    }

    /// How many connections in a row have failed so far.
    var failuresInARow: Int { failures }

    /// What follows the end of a connection.
    func decide(after disconnection: Disconnection) -> Decision {
        if !note(disconnection) { failures = failures < .max ? failures + 1 : failures }

        switch disconnection.cause {
        case .ended where !mayRepeat:
            return .finish
        case .overflowed where !disconnection.canResume:
            return .fail(.overflow)
        case .overflowed where mayRepeat && disconnection.deliveredEvent:
            // Nobody but the consumer was slow: no failure, and no reason to wait for longer than
            // the server has asked for.
            let delay = policy.delay(
                growth: 0, reconnectionTime: disconnection.reconnectionTime ?? .zero,
                retryAfter: nil)
            return .reconnect(after: delay, reason: .overflow)
        case .overflowed:
            return reconnect(disconnection, orFail: .overflow)
        case .ended:
            return reconnect(disconnection, orFail: .ended)
        case .failed(let error):
            return reconnect(disconnection, orFail: error)
        }
    }

    /// Takes a connection into account that was neither lost nor refused.
    ///
    /// - Returns: Whether it was healthy: then nothing that failed before it counts any more.
    @discardableResult
    func note(_ disconnection: Disconnection) -> Bool {
        if disconnection.openedAt != nil { hasBeenOpen = true }
        guard isHealthy(disconnection) else { return false }
        failures = 0
        delays = 0
        return true
    }

    /// Waits; false if the task was cancelled meanwhile.
    func wait(_ delay: Duration) async -> Bool {
        await time.sleep(for: delay)
    }

    private func reconnect(
        _ disconnection: Disconnection, orFail error: EventStreamError
    ) -> Decision {
        var error = error
        error.attempts = failures
        guard policy.isEnabled, isRetryable(error), !isExhausted else { return .fail(error) }
        let delay = policy.delay(
            growth: delays,
            reconnectionTime: disconnection.reconnectionTime,
            retryAfter: error.response.flatMap { RetryAfter.delay(in: $0.headers) })
        delays = delays < .max ? delays + 1 : delays
        return .reconnect(after: policy.jittered(delay, using: &generator), reason: error)
    }

    /// Whether a request may be sent again that the server may have taken.
    private var mayRepeat: Bool { policy.isEnabled && !policy.retriesOnlyRefusals }

    private func isHealthy(_ disconnection: Disconnection) -> Bool {
        if disconnection.deliveredEvent { return true }
        guard let openedAt = disconnection.openedAt else { return false }
        return disconnection.endedAt - openedAt >= policy.healthyAfter
    }

    private func isRetryable(_ error: EventStreamError) -> Bool {
        switch error.code {
        case .connectionFailed, .timedOut, .bufferOverflow: mayRepeat
        case .refused: policy.retryableStatuses.contains(error.response?.status ?? 0)
        default: false
        }
    }

    private var isExhausted: Bool {
        let limits = [
            policy.maximumAttempts, hasBeenOpen ? nil : policy.maximumAttemptsBeforeOpen,
        ]
        return limits.compactMap(\.self).contains { failures >= $0 }
    }
}

extension EventStreamError {
    fileprivate static let overflow = EventStreamError(
        .bufferOverflow,
        """
        The consumer was slower than the server, and without event IDs what was dropped cannot be \
        asked for again: read faster, or have the server send `id` fields.
        """)

    fileprivate static let ended = EventStreamError(
        .connectionFailed,
        """
        The server ended the stream: have it keep the response open, or answer 204 when nothing \
        more will come.
        """)
}
