import Foundation

@testable import ServerSentEvents

/// What the documentation of ``ReconnectionPolicy`` promises, written down a second time and as
/// bounds, to hold the ``Reconnector`` against.
struct ReconnectionModel {
    enum Promise {
        case end
        case failure(EventStreamError.Code, attempts: Int)
        /// The earliest and the latest time of the next connection.
        case reconnection(ClosedRange<Duration>)
    }

    /// Nobody waits for longer, whatever a policy or a server says.
    static let tenYears = Duration.seconds(10 * 365 * 86_400)

    let policy: ReconnectionPolicy

    /// Connections in a row that were not healthy.
    private(set) var failures = 0
    /// How many delays there were since the last healthy connection.
    private var delays = 0
    private var hasBeenOpen = false

    init(_ policy: ReconnectionPolicy) {
        self.policy = policy
    }

    mutating func promise(
        after disconnection: Disconnection, retryAfter: Duration?
    ) -> Promise {
        if let openedAt = disconnection.openedAt {
            hasBeenOpen = true
            let timeOpen = disconnection.endedAt - openedAt
            let isHealthy = disconnection.deliveredEvent || timeOpen >= policy.healthyAfter
            (failures, delays) = isHealthy ? (0, 0) : (failures + 1, delays)
        } else {
            failures += 1
        }
        let retry = disconnection.reconnectionTime
        let code: EventStreamError.Code
        var isFinal = false
        switch disconnection.cause {
        case .ended:
            guard policy.isEnabled, !policy.retriesOnlyRefusals else { return .end }
            code = .connectionFailed
        case .overflowed:
            guard disconnection.canResume else { return .failure(.bufferOverflow, attempts: 0) }
            isFinal = policy.retriesOnlyRefusals
            if policy.isEnabled, !isFinal, disconnection.deliveredEvent {
                // The consumer has caught up, and nobody has failed.
                let earliest = word(retry ?? policy.minimumDelay)
                return .reconnection(earliest...earliest)
            }
            code = .bufferOverflow
        case .failed(let error):
            code = error.code
            let status = error.response?.status ?? 0
            isFinal =
                code == .refused
                ? !policy.retryableStatuses.contains(status) : policy.retriesOnlyRefusals
            isFinal = isFinal || code == .wrongContentType
        }
        if isFinal || !policy.isEnabled || isAtLimit { return .failure(code, attempts: failures) }
        defer { delays += 1 }
        return .reconnection(bounds(retry: retry, retryAfter: retryAfter))
    }

    private var isAtLimit: Bool {
        if let limit = policy.maximumAttempts, failures >= limit { return true }
        guard !hasBeenOpen, let limit = policy.maximumAttemptsBeforeOpen else { return false }
        return failures >= limit
    }

    private func bounds(retry: Duration?, retryAfter: Duration?) -> ClosedRange<Duration> {
        var (earliest, latest) = grown(word(retry ?? policy.baseDelay))
        if let retryAfter, let longest = policy.maximumRetryAfter {
            // In place of the delay, but never earlier than `retry` and the floor allow; the floor
            // grows as any delay does.
            let asked = min(retryAfter, longest, Self.tenYears)
            let floor = grown(word(policy.minimumDelay))
            let least = retry.map(word) ?? .zero
            (earliest, latest) = asked > policy.minimumDelay ? (asked, asked / .seconds(1)) : floor
            earliest = max(earliest, least)
            latest = max(latest, least / .seconds(1))
        }
        let limit = Self.tenYears / .seconds(1)
        latest = min(latest, limit)
        latest = min(latest + latest * policy.jitter, limit)
        return min(earliest, Self.tenYears)...(.seconds(latest * (1 + 1e-12) + 1e-15))
    }

    /// The first of growing delays, as the one that is due now; the later bound in seconds.
    private func grown(_ first: Duration) -> (earliest: Duration, latest: Double) {
        var latest = first / .seconds(1)
        guard first > .zero else { return (first, latest) }
        latest *= pow(policy.multiplier, Double(delays))
        latest = min(latest, policy.maximumDelay / .seconds(1))
        // Without jitter it is this delay and no other; with `Double`s it is nearly this one.
        let earliest = min(.seconds(min(latest, 1e9) * (1 - 1e-12)), Self.tenYears)
        return (max(first, earliest), latest)
    }

    /// What was asked for, within what the policy allows.
    private func word(_ asked: Duration) -> Duration {
        min(max(min(asked, policy.maximumDelay), policy.minimumDelay), Self.tenYears)
    }
}
