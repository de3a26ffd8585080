package import MockServer

extension ChaosFeed {
    /// What happens to a request, and the answer that does it; a redirect is not followed by another.
    ///
    /// - Parameters:
    ///   - connection: The request's number, different for each.
    ///   - seen: The number of the last event that the client has seen.
    ///   - last: The number of the last event there is; once the client has seen it, the stream ends.
    ///   - target: Where a redirect leads; `nil` if the request was redirected already.
    /// - Returns: The fault, `nil` for the end of the stream, and the answer.
    package func reply(
        connection: Int, seen: Int, last: Int, redirectingTo target: String?
    ) -> (fault: Fault?, reply: Reply) {
        guard seen < last else {
            return (nil, .stream([.event("\(last)", type: Self.endType), .hold]))
        }
        var generator = generator(target == nil ? 3 : 2, connection)
        let faults = target == nil ? faults.filter { $0 != .redirect } : faults
        let fault = faults[Int.random(in: 0..<faults.count, using: &generator)]
        return (fault, reply(fault, after: seen, through: last, target ?? "", &generator))
    }

    private func reply(
        _ fault: Fault, after seen: Int, through last: Int, _ target: String,
        _ generator: inout SeededGenerator
    ) -> Reply {
        switch fault {
        case .silenceBeforeTheHead:
            return .bytes(steps: [.wait(tempo.openTimeout), .stall])
        case .cutHead:
            return .bytes("HTTP/1.1 200 OK\r\nContent-Ty")
        case .noHTTP:
            return .bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n")
        case .resetBeforeTheHead:
            return .refuse
        case .refusal, .refusalWithRetryAfter:
            let statuses = [408, 425, 429, 500, 502, 503, 504]
            let status = statuses[Int.random(in: 0..<statuses.count, using: &generator)]
            let seconds = Duration.seconds(Int.random(in: 0...1, using: &generator))
            return .status(
                status, body: "data: no event\n\n",
                retryAfter: fault == .refusal ? nil : seconds)
        case .redirect:
            let codes = [301, 302, 303, 307, 308]
            return .redirect(
                codes[Int.random(in: 0..<codes.count, using: &generator)], to: target)
        default:
            return body(fault, after: seen, through: last, &generator)
        }
    }

    /// An answer that is accepted, sends some events, and then fails.
    private func body(
        _ fault: Fault, after seen: Int, through last: Int, _ generator: inout SeededGenerator
    ) -> Reply {
        var body = ChaosBody(feed: self, after: seen, &generator)
        // Where the time until a timeout has to be exact, nothing may wait before.
        let isSilent = fault == .silenceBetweenEvents || fault == .silenceInsideALine
        if isSilent { body.takesTime = false }
        body.begin(&generator)
        let whole = Int.random(in: 0...8, using: &generator)
        for number in (seen + 1)..<min(seen + 1 + whole, last + 1) {
            body.add(event(number), &generator)
        }
        if body.next <= last,
            fault == .finInsideALine || fault == .resetInsideALine
                || fault == .silenceInsideALine || fault == .truncatedLength
        {
            body.addPart(of: event(body.next), &generator)
        }
        return body.reply(fault, timeout: tempo.timeout)
    }
}
