import Foundation

/// How long a server asks to be left alone, from an answer's `Retry-After`.
///
/// Source: [RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3).
enum RetryAfter {
    /// The delay an answer asks for; `nil` if it does not, or not in a form that can be read.
    ///
    /// A date is compared with the answer's own `Date` where it has one, so that a wrong clock on
    /// either side does not matter.
    static func delay(in headers: HeaderFields, now: Date = Date()) -> Duration? {
        guard let value = headers["retry-after"]?.trimmingCharacters(in: .whitespaces) else {
            return nil
        }
        if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .seconds(min(Int64(value) ?? .max, longest))
        }
        let now = now.timeIntervalSince1970
        guard let date = HTTPDate.seconds(value, now: Int64(now)) else { return nil }
        let reference = headers["date"].flatMap { HTTPDate.seconds($0, now: Int64(now)) }
        let seconds = Double(date) - (reference.map(Double.init) ?? now)
        return .seconds(min(max(seconds, 0), Double(longest)))
    }

    /// A hundred years, in seconds: far beyond every cap, and safe to calculate with.
    private static let longest: Int64 = 100 * 365 * 86_400
}
