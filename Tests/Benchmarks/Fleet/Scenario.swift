import ServerSentEvents

/// What the clients of a restarted server do, and what it tells them.
struct Scenario {
    /// The name in the benchmark's name.
    let name: String
    /// The name in the plot.
    let title: String
    let policy: ReconnectionPolicy
    /// The `retry` that the server had sent before it went.
    var reconnectionTime: Duration?
    /// The `Retry-After` with which it refuses whom it cannot take yet.
    var retryAfter: Duration?

    static let all = [
        Scenario(
            name: "constant", title: "constant delay", policy: changed(multiplier: 1, jitter: 0)),
        Scenario(name: "backoff", title: "growing, no jitter", policy: changed(jitter: 0)),
        Scenario(name: "default", title: "default", policy: .default),
        Scenario(
            name: "retry", title: "default, retry 60 s", policy: .default,
            reconnectionTime: .seconds(60)),
        Scenario(
            name: "retry-after", title: "default, Retry-After 120 s", policy: .default,
            retryAfter: .seconds(120)),
    ]

    private static func changed(multiplier: Double = 2, jitter: Double) -> ReconnectionPolicy {
        var policy = ReconnectionPolicy.default
        policy.multiplier = multiplier
        policy.jitter = jitter
        return policy
    }
}
