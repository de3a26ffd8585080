@testable import ServerSentEvents

extension Disconnection {
    /// Any end of a connection, and the `Retry-After` that it carries.
    static func random(
        policy: ReconnectionPolicy, at now: Duration, reconnectionTime: Duration?,
        using generator: inout SeededGenerator
    ) -> (Disconnection, retryAfter: Duration?) {
        var disconnection = Disconnection(cause: .ended)
        disconnection.reconnectionTime = reconnectionTime
        let lost = EventStreamError(
            oneOf([.connectionFailed, .timedOut], using: &generator), "lost")
        switch Int.random(in: 0..<40, using: &generator) {
        case 0..<10:
            // Refused, so that it was never open.
            let sample = RetryAfterSample.random(using: &generator)
            let status = oneOf([429, 500, 503, 503, 503], using: &generator)
            var error = EventStreamError(.refused, "refused")
            error.response = .init(ResponseHead(status: status, headers: sample.headers))
            disconnection.cause = .failed(error)
            disconnection.endedAt = now
            return (disconnection, sample.delay)
        case 10:
            disconnection.cause = .failed(EventStreamError(.wrongContentType, "wrong"))
            disconnection.endedAt = now
            return (disconnection, nil)
        case 11..<20:
            disconnection.cause = .failed(lost)
            disconnection.endedAt = now
            return (disconnection, nil)
        case 20..<24: disconnection.cause = .overflowed
        case 24..<32: disconnection.cause = .failed(lost)
        default: break
        }
        disconnection.openedAt = now
        // Around the time that makes a connection healthy; later, no clock counts.
        let healthyAfter = min(policy.healthyAfter, .seconds(1_000_000))
        let timeOpen = oneOf(
            [.zero, healthyAfter - .attosecond, healthyAfter, healthyAfter + .seconds(1)],
            using: &generator)
        disconnection.endedAt = now + max(timeOpen, .zero)
        disconnection.deliveredEvent = Int.random(in: 0..<6, using: &generator) == 0
        disconnection.canResume = Int.random(in: 0..<8, using: &generator) > 0
        return (disconnection, nil)
    }

    /// A server's `retry`, as the parser gives it.
    static func randomReconnectionTime(using generator: inout SeededGenerator) -> Duration? {
        oneOf(
            [
                nil, .zero, .milliseconds(Int.random(in: 0...100_000, using: &generator)),
                .milliseconds(ReconnectionTime.maximumMilliseconds),
            ], using: &generator)
    }
}
