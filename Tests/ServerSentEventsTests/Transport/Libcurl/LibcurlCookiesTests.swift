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
