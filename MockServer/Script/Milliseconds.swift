/// A duration as a script file writes it: milliseconds.
///
/// Below 10 days they are exact to the nanosecond; beyond, no fraction is kept.
struct Milliseconds: Codable {
    /// From here on a `Double` that is written would not be read as the same nanoseconds: 10 days.
    private static let fractionLimit = 10 * 86_400 * 1_000

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
        if milliseconds.magnitude < Double(Self.fractionLimit) {
            duration = .nanoseconds(Int64((milliseconds * 1_000_000).rounded()))
            return
        }
        guard let whole = Int64(exactly: milliseconds.rounded()) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(milliseconds) ms is too long")
        }
        duration = .milliseconds(whole)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let whole = duration.wholeMilliseconds
        if whole.magnitude >= Self.fractionLimit || duration == .milliseconds(whole) {
            try container.encode(whole)
        } else {
            try container.encode(duration / .milliseconds(1))
        }
    }
}
