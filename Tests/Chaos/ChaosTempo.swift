package import ServerSentEvents

/// How fast everything happens.
package struct ChaosTempo: Sendable {
    /// The idle timeout of the streams, which a silent server trips.
    package var timeout = Duration.milliseconds(400)

    /// Their timeout until the head comes; another one, so that on a clock that jumps a watchdog that
    /// is just being replaced is not taken for its successor.
    package var openTimeout: Duration { timeout + .milliseconds(100) }

    /// The longest time that an answer may wait in all without tripping a timeout.
    var longestPause: Duration { timeout / 2 }

    package init() {}

    /// The configuration of a stream of this tempo, which never gives up.
    ///
    /// - Parameters:
    ///   - transport: What carries the requests.
    ///   - generator: The source of jitter.
    /// - Returns: The configuration.
    package func configuration(
        _ transport: any EventTransport, generator: any RandomNumberGenerator & Sendable
    ) -> EventStream.Configuration {
        var configuration = EventStream.Configuration()
        configuration.transport = transport
        configuration.generator = generator
        configuration.timeouts.open = openTimeout
        configuration.timeouts.idle = timeout
        var policy = ReconnectionPolicy.default
        policy.baseDelay = .milliseconds(20)
        policy.minimumDelay = .milliseconds(1)
        policy.maximumDelay = .seconds(1)
        policy.maximumAttemptsBeforeOpen = nil
        // Only events count, however long a machine takes.
        policy.healthyAfter = .seconds(86_400)
        configuration.reconnection = policy
        return configuration
    }
}
