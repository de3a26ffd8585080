import Foundation
import Testing

@testable import ServerSentEvents

@Suite struct RetryAfterTests {
    private static let now = Date(timeIntervalSince1970: 784_111_777)  // Sun, 06 Nov 1994 08:49:37

    @Test(arguments: [
        ("120", Duration.seconds(120)), ("0", .zero), ("00005", .seconds(5)), (" 7 ", .seconds(7)),
    ])
    func seconds(value: String, delay: Duration) {
        #expect(RetryAfter.delay(in: ["Retry-After": value], now: Self.now) == delay)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:50:37 GMT", "Sunday, 06-Nov-94 08:50:37 GMT",
        "Sun Nov  6 08:50:37 1994",
    ])
    func date(value: String) {
        #expect(RetryAfter.delay(in: ["retry-after": value], now: Self.now) == .seconds(60))
    }

    @Test func dateIsComparedWithTheAnswersOwn() {
        let headers: HeaderFields = [
            "Retry-After": "Sun, 06 Nov 1994 08:50:37 GMT", "Date": "Sun, 06 Nov 1994 08:50:07 GMT",
        ]
        #expect(RetryAfter.delay(in: headers, now: .distantPast) == .seconds(30))
    }

    @Test func dateInThePastIsNow() {
        let value = "Sun, 06 Nov 1994 08:00:00 GMT"
        #expect(RetryAfter.delay(in: ["Retry-After": value], now: Self.now) == .zero)
    }

    @Test(arguments: [
        "", "-1", "+1", "1.5", "soon", "1 s", "１２", "Sun, 06 Nov", "120, 120",
    ])
    func isIgnored(value: String) {
        #expect(RetryAfter.delay(in: ["Retry-After": value], now: Self.now) == nil)
    }

    @Test func absentIsNone() {
        #expect(RetryAfter.delay(in: [:], now: Self.now) == nil)
    }

    @Test func hugeValuesAreBounded() throws {
        let huge = String(repeating: "9", count: 1000)
        let delay = try #require(RetryAfter.delay(in: ["Retry-After": huge]))
        #expect(delay == .seconds(100 * 365 * 86_400))
        let far = "Fri, 31 Dec 9999 23:59:59 GMT"
        #expect(RetryAfter.delay(in: ["Retry-After": far], now: Self.now) == delay)
    }
}
