/// A duration as a script file writes it: milliseconds, exact to the nanosecond.
struct Milliseconds: Codable {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let whole = try? container.decode(Int64.self) {
            duration = .milliseconds(whole)
            return
        }
        let milliseconds = try container.decode(Double.self)
        let nanoseconds = (milliseconds * 1_000_000).rounded()
        guard let exact = Int64(exactly: nanoseconds) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(milliseconds) ms is too long")
        }
        duration = .nanoseconds(exact)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let whole = duration.wholeMilliseconds
        if duration == .milliseconds(whole) {
            try container.encode(whole)
        } else {
            try container.encode(duration / .milliseconds(1))
        }
    }
}
