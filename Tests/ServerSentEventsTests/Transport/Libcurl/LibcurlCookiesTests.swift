#if os(Linux)
    import Testing

    @testable import ServerSentEvents

    /// The lines of a cookie file, as libcurl writes and reads them.
    @Suite struct LibcurlCookiesTests {
        @Test(arguments: [
            ("h.example", "h.example", true), ("h.example", "H.EXAMPLE", true),
            ("h.example", "x.h.example", false), (".h.example", "h.example", true),
            (".h.example", "x.h.example", true), (".h.example", "xh.example", false),
            ("#HttpOnly_h.example", "h.example", true),
            ("#HttpOnly_.h.example", "x.h.example", true), ("", "h.example", false),
        ])
        func matchesDomain(domain: String, host: String, expected: Bool) {
            let line = "\(domain)\tFALSE\t/\tFALSE\t0\tname\tvalue"
            #expect(LibcurlCookies.matchesDomain(line, host) == expected)
        }

        /// Those of the host if there are any, or all.
        @Test(arguments: [(0, 3_000, 0), (0, 3_001, 3_001), (1, 3_000, 1), (181, 0, 181)])
        func whatIsTooMuch(own: Int, others: Int, excess: Int) {
            let lines =
                Array(repeating: "h.example\t", count: own)
                + Array(repeating: "other.example\t", count: others)
            #expect(LibcurlCookies.excess(of: lines, host: "h.example").count == excess)
        }

        @Test func anExpiredCookieIsTheSameButForItsTime() {
            let line = "#HttpOnly_.h.example\tTRUE\t/x\tTRUE\t1900000000\tname\t"
            #expect(
                LibcurlCookies.expired(line) == "#HttpOnly_.h.example\tTRUE\t/x\tTRUE\t1\tname\t")
        }

        @Test(arguments: ["", "h.example", "h.example\tTRUE\t/\tTRUE\t0\tname\tvalue\tmore"])
        func anotherLineIsNone(_ line: String) {
            #expect(LibcurlCookies.expired(line) == nil)
        }
    }
#endif
