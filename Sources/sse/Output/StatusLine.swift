import ServerSentEvents

/// What the last line of a terminal tells while a stream goes on: pure, without a terminal.
struct StatusLine {
    private enum State {
        case connecting(attempt: Int)
        case open
        case waiting(until: Duration)
    }

    /// Over how many seconds events are counted for the rate.
    private static let window: Int64 = 5

    private var state = State.connecting(attempt: 1)
    private var events = 0
    /// How many events came in each of the last seconds.
    private var recent: [(second: Int64, count: Int)] = []

    /// Notes what happened.
    ///
    /// - Parameters:
    ///   - update: What happened.
    ///   - now: When, since the tool began.
    mutating func note(_ update: EventStream.Update, at now: Duration) {
        switch update {
        case .connecting(let attempt): state = .connecting(attempt: attempt)
        case .open: state = .open
        case .disconnected(let disconnect): state = .waiting(until: now + disconnect.retryAfter)
        case .event:
            events += 1
            let second = now.components.seconds
            if let last = recent.indices.last, recent[last].second == second {
                recent[last].count += 1
            } else {
                recent.append((second, 1))
                recent.removeAll { $0.second <= second - Self.window }
            }
        case .comment, .diagnostic: break
        }
    }

    /// The line, without its end.
    ///
    /// - Parameters:
    ///   - now: The time since the tool began.
    ///   - width: How many columns the terminal has: what does not fit is left out, as a line that
    ///     is wrapped could not be taken back.
    /// - Returns: The text; every character of it is one column wide.
    func text(at now: Duration, width: Int) -> String {
        var parts = [stateText(at: now)]
        if events > 0 { parts.append("\(events) \(events == 1 ? "event" : "events")") }
        let rate = rate(at: now)
        if rate != "0" { parts.append("\(rate)/s") }
        parts.append(now.watchText)
        let text = parts.joined(separator: " · ")
        let room = max(0, width - 1)
        return text.count <= room ? text : String(text.prefix(max(0, room - 1))) + "…"
    }

    private func stateText(at now: Duration) -> String {
        switch state {
        case .connecting(attempt: 1): return "connecting"
        case .connecting(let attempt): return "connecting, attempt \(attempt)"
        case .open: return "connected"
        case .waiting(let time):
            let rest = max(.zero, time - now).components
            let seconds = rest.seconds + (rest.attoseconds > 0 ? 1 : 0)
            return "reconnecting in \(seconds) s"
        }
    }

    /// Events a second, to one decimal where it matters.
    private func rate(at now: Duration) -> String {
        let second = now.components.seconds
        let count = recent.filter { $0.second > second - Self.window }.reduce(0) { $0 + $1.count }
        // At first there were not so many seconds yet.
        let tenths = Int64(count) * 10 / min(Self.window, second + 1)
        return tenths >= 100 || tenths % 10 == 0
            ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
