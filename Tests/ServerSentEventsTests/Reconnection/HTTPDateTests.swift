import Testing

@testable import ServerSentEvents

@Suite struct HTTPDateTests {
    private static let now: Int64 = 784_111_777  // Sun, 06 Nov 1994 08:49:37

    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
            ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ] as [(String, Int64)])
    func isRead(text: String, seconds: Int64) {
        #expect(HTTPDate.seconds(text, now: Self.now) == seconds)
    }

    private static let months =
        [
            "Jan": 31, "Feb": 28, "Mar": 31, "Apr": 30, "May": 31, "Jun": 30, "Jul": 31, "Aug": 31,
            "Sep": 30, "Oct": 31, "Nov": 30, "Dec": 31,
        ] as KeyValuePairs

    @Test("Every day follows the one before", arguments: [1896...1904, 1996...2004, 2096...2104])
    func everyDay(years: ClosedRange<Int>) {
        let leapYears = [1896, 1904, 1996, 2000, 2004, 2096, 2104]
        var last: Int64?
        for year in years {
            for (month, length) in Self.months {
                let hasLeapDay = month == "Feb" && leapYears.contains(year)
                for day in 1...(hasLeapDay ? 29 : length) {
                    let text = "X, \(day) \(month) \(year) 00:00:00 GMT"
                    let seconds = HTTPDate.seconds(text, now: 0)
                    if let last { #expect(seconds == last + 86_400, "\(text)") }
                    last = seconds
                }
            }
        }
        #expect(last != nil)
    }

    @Test(
        arguments: [
            (94, 784_111_777, 784_111_777), (43, 784_111_777, 2_330_412_577),
            (45, 784_111_777, -762_189_023), (93, 2_330_412_577, 3_908_335_777),
            (94, 2_330_412_577, 784_111_777),
        ] as [(Int, Int64, Int64)])
    func yearOfTwoDigitsIsAtMost50YearsAhead(year: Int, now: Int64, seconds: Int64) {
        #expect(HTTPDate.seconds("X, 06-Nov-\(year) 08:49:37 GMT", now: now) == seconds)
    }

    @Test(arguments: [
        "", "GMT", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 PST",
        "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37:00 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov １９９４ 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06-Nov 08:49:37 GMT", "Sun Nov 6 1994",
    ])
    func isNone(text: String) {
        #expect(HTTPDate.seconds(text, now: Self.now) == nil)
    }

    /// Foundation's formatter ends the process at this text.
    @Test func aCombiningMarkAmongTheDigitsIsNoDate() {
        let text = "Sun, 06 Nov 1\u{301}994 08:00:00 GMT"
        #expect(HTTPDate.seconds(text, now: Self.now) == nil)
        #expect(RetryAfter.delay(in: ["Retry-After": text]) == nil)
        #expect(
            RetryAfter.delay(in: ["Retry-After": "Sun, 06 Nov 1994 08:00:00 GMT", "Date": text])
                == .zero)
    }
}
