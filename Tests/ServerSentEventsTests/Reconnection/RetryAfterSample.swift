@testable import ServerSentEvents

/// The header fields of a refused answer, and the delay that they ask for.
struct RetryAfterSample {
    let headers: HeaderFields
    let delay: Duration?

    private static let hundredYears = Duration.seconds(100 * 365 * 86_400)
    private static let now = "Sun, 06 Nov 1994 08:49:37 GMT"

    private static let dates = [
        RetryAfterSample(
            headers: ["Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"], delay: hundredYears),
        RetryAfterSample(
            headers: ["Retry-After": "Sun, 06 Nov 1994 09:00:00 GMT", "Date": now],
            delay: .seconds(623)),
        RetryAfterSample(
            headers: ["Retry-After": "Mon, 01 Jan 0001 00:00:00 GMT", "Date": now], delay: .zero),
    ]

    static func random(using generator: inout SeededGenerator) -> RetryAfterSample {
        // Reading a date takes a thousand times as long as all the rest.
        let isDate = Int.random(in: 0..<200, using: &generator) == 0
        if isDate { return oneOf(dates, using: &generator) }
        let seconds = Int.random(in: 0...5000, using: &generator)
        let samples = [
            RetryAfterSample(headers: [:], delay: nil),
            RetryAfterSample(headers: ["Retry-After": "-1"], delay: nil),
            RetryAfterSample(headers: ["Retry-After": "0"], delay: .zero),
            RetryAfterSample(headers: ["Retry-After": "\(seconds)"], delay: .seconds(seconds)),
            RetryAfterSample(
                headers: ["Retry-After": String(repeating: "9", count: 40)], delay: hundredYears),
        ]
        return oneOf(samples, using: &generator)
    }
}
