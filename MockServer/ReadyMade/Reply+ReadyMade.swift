import ServerSentEvents

/// The streams that guides to server-sent events show, ready to play.
extension Reply {
    /// A ticker: events with the data and the ID 1, 2, 3 and so on, at regular intervals, then silence
    /// until the client leaves.
    ///
    /// ```swift
    /// server.script("/ticks", [.ticker(3, every: .milliseconds(1))])
    /// ```
    ///
    /// - Parameters:
    ///   - count: How many events; none if it is negative.
    ///   - interval: The time between two events, on the server's clock.
    /// - Returns: The reply.
    public static func ticker(_ count: Int = 60, every interval: Duration = .seconds(1)) -> Reply {
        .stream(spaced(interval, numbers(to: count).map { .event("\($0)", id: "\($0)") }) + [.hold])
    }

    /// Four kinds of event in random order, with random pauses, and a clean end after the last.
    ///
    /// The kinds are plain messages and events of the types `price`, `news` and `alert`; all have IDs,
    /// and those of `price` have JSON data such as `{"symbol":"ACME","price":99.5}`. The same seed
    /// gives the same events. A client that reconnects needs another reply: `.status(204)` says that
    /// there is nothing more.
    ///
    /// ```swift
    /// server.script("/events", [.randomEvents(), .status(204)])
    /// ```
    ///
    /// - Parameters:
    ///   - count: How many events; none if it is negative.
    ///   - pause: The longest pause before an event, on the server's clock.
    ///   - seed: What the choice starts from.
    /// - Returns: The reply.
    public static func randomEvents(
        _ count: Int = 30, pause: Duration = .milliseconds(500), seed: UInt64 = 1
    ) -> Reply {
        var generator = SeededGenerator(seed: seed)
        // A multiple of more would overflow; a negative one stays so, and is refused as any other.
        let pause = min(max(pause, .zero - .longestSleep), .longestSleep)
        let steps = numbers(to: count).flatMap { number -> [Step] in
            let wait = pause * Int.random(in: 0...100, using: &generator) / 100
            return [.wait(wait), randomEvent(number, using: &generator)]
        }
        return .stream(steps + [.end])
    }

    /// Two events with comments between them, as servers send them to keep a quiet connection alive;
    /// then silence until the client leaves.
    ///
    /// - Parameters:
    ///   - count: How many comments; none if it is negative.
    ///   - interval: The time before each comment and before the second event, on the server's clock.
    /// - Returns: The reply.
    public static func keepAlive(
        _ count: Int = 4, every interval: Duration = .seconds(15)
    ) -> Reply {
        let comments = numbers(to: count).map { _ in Step.comment("keep-alive") }
        let events: [Step] = [.event("before", id: "1"), .event("after", id: "2")]
        return .stream(
            spaced(interval, events.prefix(1) + comments + events.suffix(1)) + [.hold])
    }

    /// Events, and one more that says that nothing follows, such as `[DONE]`; then a clean end.
    ///
    /// - Parameters:
    ///   - data: The data of the events before it.
    ///   - mark: The data of the last event.
    /// - Returns: The reply.
    public static func endingInBand(_ data: [String], mark: String = "[DONE]") -> Reply {
        .stream((data + [mark]).map { .event($0) } + [.end])
    }

    /// Events that a proxy holds back and passes on in bursts: each burst is one write.
    ///
    /// The events have the data and the ID 1, 2, 3 and so on; after the last burst there is silence
    /// until the client leaves.
    ///
    /// - Parameters:
    ///   - count: How many bursts; none if it is negative.
    ///   - size: How many events are in each; none if it is negative.
    ///   - interval: The time between two bursts, on the server's clock.
    /// - Returns: The reply.
    public static func bursts(
        _ count: Int = 3, of size: Int = 10, every interval: Duration = .seconds(1)
    ) -> Reply {
        let bursts = numbers(to: count).map { burst -> Step in
            let events = numbers(to: size).map { number -> Step in
                let text = "\((burst - 1) * size + number)"
                return .event(text, id: text)
            }
            return .raw(events.flatMap(\.bytes))
        }
        return .stream(spaced(interval, bursts) + [.hold])
    }

    // MARK: Parts

    private static func numbers(to count: Int) -> some Collection<Int> {
        (0..<max(0, count)).lazy.map { $0 + 1 }
    }

    /// The steps with a wait between each two of them.
    private static func spaced(_ interval: Duration, _ steps: some Sequence<Step>) -> [Step] {
        Array(steps.flatMap { [.wait(interval), $0] }.dropFirst())
    }

    private static func randomEvent(
        _ number: Int, using generator: inout SeededGenerator
    ) -> Step {
        let id = "\(number)"
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return .event("message \(number)", id: id)
        case 1:
            let symbol = ["ACME", "BOLT", "CUBE"].randomElement(using: &generator) ?? "ACME"
            let price = Double(Int.random(in: 9_000...11_000, using: &generator)) / 100
            return .event(#"{"symbol":"\#(symbol)","price":\#(price)}"#, type: "price", id: id)
        case 2: return .event("headline \(number)\nin two lines", type: "news", id: id)
        default: return .event("alert \(number)", type: "alert", id: id)
        }
    }
}
