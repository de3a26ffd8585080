/// Reading the value of a `retry` field.
///
/// Source: [WHATWG HTML, "If the field name is retry"](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
enum ReconnectionTime {
    /// The longest time that is told apart: 365 days, in milliseconds.
    ///
    /// Digits can say any number. This one is far longer than anybody waits, and doubling it,
    /// adding jitter or counting it in nanoseconds stays far from what 64 bits hold. An `Int` on a
    /// watch has 32.
    static let maximumMilliseconds: Int64 = 365 * 24 * 60 * 60 * 1000

    /// The time that a value stands for, or `nil` if it is not ASCII digits alone.
    static func duration(_ value: Range<Int>, of bytes: Span<UInt8>) -> Duration? {
        guard !value.isEmpty else { return nil }
        var milliseconds: Int64 = 0
        for index in value {
            let byte = bytes[index]
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            milliseconds = min(
                milliseconds * 10 + Int64(byte - UInt8(ascii: "0")), maximumMilliseconds)
        }
        return .milliseconds(milliseconds)
    }
}
