/// When a stream connects again, and when it gives up.
///
/// ```swift
/// var configuration = EventStream.Configuration()
/// configuration.reconnection = .default
/// configuration.reconnection?.baseDelay = .seconds(1)
/// configuration.reconnection?.maximumAttempts = 10
/// ```
///
/// The server has the first word: a `retry` field replaces ``baseDelay``, a `Retry-After` replaces
/// one delay, both up to the maxima below. Jitter only lengthens.
public struct ReconnectionPolicy: Sendable, Hashable {
    /// Whether the stream connects again at all.
    public var isEnabled: Bool

    /// The first delay, unless the server has sent `retry`.
    public var baseDelay: Duration

    /// By what a delay grows over the one before, while no connection is healthy; at least 1.
    public var multiplier: Double

    /// The longest delay, before jitter; also for a server's `retry`.
    public var maximumDelay: Duration

    /// The shortest delay, which grows as any other.
    ///
    /// Without it, `retry: 0` and `Retry-After: 0` would become busy loops.
    public var minimumDelay: Duration

    /// How much longer a delay may become by chance, as a share of it: 0.5 draws from d to 1.5 d.
    public var jitter: Double

    /// How many connections in a row may fail before the stream gives up; `nil` for no limit.
    public var maximumAttempts: Int?

    /// The same until the stream has been open once, so that a wrong address is told from a pause.
    ///
    /// ``maximumAttempts`` counts here too: the smaller one wins.
    public var maximumAttemptsBeforeOpen: Int?

    /// How long a connection must stay open to count as healthy, if it delivers no event.
    ///
    /// A healthy connection resets the count of failures and the growth of the delay.
    public var healthyAfter: Duration

    /// The statuses after which the stream connects again instead of failing.
    public var retryableStatuses: Set<Int>

    /// Whether nothing but an answer with one of these statuses is asked again.
    ///
    /// Then a lost connection is final, and so is an answer that has begun: the request may have had its
    /// effect.
    public var retriesOnlyRefusals: Bool

    /// The longest `Retry-After` that is honoured, before jitter; a longer one counts as this long.
    ///
    /// `nil` ignores the field.
    public var maximumRetryAfter: Duration?

    /// Growing delays with jitter, patient with an overloaded server: the best for most streams.
    ///
    /// The delay starts at 3 s or the server's `retry`, doubles up to 60 s, and is lengthened by up
    /// to a half. Answers 408, 425, 429, 500, 502, 503 and 504 are tried again. A stream that has
    /// never been open gives up after 3 attempts, one that has been open goes on for ever.
    public static let `default` = ReconnectionPolicy(
        isEnabled: true,
        baseDelay: .seconds(3),
        multiplier: 2,
        maximumDelay: .seconds(60),
        minimumDelay: .milliseconds(100),
        jitter: 0.5,
        maximumAttempts: nil,
        maximumAttemptsBeforeOpen: 3,
        healthyAfter: .seconds(10),
        retryableStatuses: [408, 425, 429, 500, 502, 503, 504],
        retriesOnlyRefusals: false,
        maximumRetryAfter: .seconds(3600)
    )

    /// The WHATWG's rules to the letter: a constant delay, for ever, and every refusal is final.
    ///
    /// Source: [WHATWG HTML, "Processing
    /// model"](https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model).
    public static let standard = ReconnectionPolicy(
        isEnabled: true,
        baseDelay: .seconds(3),
        multiplier: 1,
        maximumDelay: .seconds(86_400),
        minimumDelay: .milliseconds(100),
        jitter: 0,
        maximumAttempts: nil,
        maximumAttemptsBeforeOpen: nil,
        healthyAfter: .seconds(10),
        retryableStatuses: [],
        retriesOnlyRefusals: false,
        maximumRetryAfter: nil
    )

    /// One connection and no more: its end is the end of the stream, its failure the stream's.
    ///
    /// The default for requests whose method is neither GET nor HEAD, as sending them again may
    /// repeat their effect.
    public static let never: ReconnectionPolicy = {
        var policy = ReconnectionPolicy.default
        policy.isEnabled = false
        return policy
    }()

    /// Asks again only what a server refused before it began: for requests that must not take effect
    /// twice, such as one for an answer that is billed.
    ///
    /// After a 429 or a 503 it asks up to twice more, with the delays of ``default``. Whatever else
    /// happens is as with ``never``.
    ///
    /// ```swift
    /// var configuration = EventStream.Configuration.oneShot(endingWith: .data("[DONE]"))
    /// configuration.reconnection = .onlyRefusals
    /// ```
    public static let onlyRefusals: ReconnectionPolicy = {
        var policy = ReconnectionPolicy.default
        policy.retriesOnlyRefusals = true
        policy.retryableStatuses = [429, 503]
        policy.maximumAttempts = 3
        return policy
    }()
}
