#if canImport(FoundationNetworking)
    import Foundation
    import FoundationNetworking
    import Testing

    @testable import ServerSentEvents

    /// RFC 6265, sections 5.1.3, 5.1.4, 5.3 and 5.4.
    @Suite struct SharedCookiesTests {
        private func cookie(_ header: String, from url: URL) throws -> HTTPCookie {
            try #require(
                HTTPCookie.cookies(withResponseHeaderFields: ["Set-Cookie": header], for: url).first
            )
        }

        @Test(arguments: [
            ("a=b", "http://h.example/", true), ("a=b", "http://h.example:99/x", true),
            ("a=b", "http://H.EXAMPLE/", true), ("a=b", "http://x.h.example/", false),
            ("a=b", "http://example/", false), ("a=b; Domain=h.example", "http://h.example/", true),
            ("a=b; Domain=h.example", "http://x.h.example/", true),
            ("a=b; Domain=h.example", "http://xh.example/", false),
            ("a=b; Domain=example", "http://x.example/", false),
            ("a=b; Path=/x", "http://h.example/x", true),
            ("a=b; Path=/x", "http://h.example/x/y", true),
            ("a=b; Path=/x/", "http://h.example/x/y", true),
            ("a=b; Path=/x", "http://h.example/xy", false),
            ("a=b; Path=/x", "http://h.example/", false),
            ("a=b; Path=/x/", "http://h.example/x", false),
            ("a=b; Secure", "https://h.example/", true),
            ("a=b; Secure", "http://h.example/", false),
            ("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "http://h.example/", false),
            ("a=b; Expires=Thu, 01 Jan 2970 00:00:00 GMT", "http://h.example/", true),
        ])
        func isSent(header: String, url: String, expected: Bool) throws {
            let cookie = try cookie(header, from: .test("https://h.example/"))
            #expect(SharedCookies.isSent(cookie, to: try .test(url)) == expected)
        }

        @Test(arguments: [
            ("a=b; Domain=0.0.1", "http://127.0.0.1/"), ("a=b; Domain=.1", "http://127.0.0.1/"),
        ])
        func anAddressHasNoSubdomains(header: String, url: String) throws {
            let cookie = try cookie(header, from: .test(url))
            #expect(!SharedCookies.isSent(cookie, to: try .test(url)))
        }

        @Test(arguments: [
            ("a=b", "http://h.example/", true),
            ("a=b; Domain=h.example", "http://h.example/", true),
            ("a=b; Domain=evil.example", "http://h.example/", false),
            ("a=b; Domain=x.h.example", "http://h.example/", false),
            ("a=b; Domain=example", "http://h.example/", false),
            ("a=b; Secure", "https://h.example/", true),
            ("a=b; Secure", "http://h.example/", false),
        ])
        func isStored(header: String, url: String, expected: Bool) throws {
            let url = try URL.test(url)
            #expect(SharedCookies.isStored(try cookie(header, from: url), from: url) == expected)
        }

        @Test func theCallersOwnComeFirst() throws {
            let url = try URL.test("http://\(UUID().uuidString.lowercased()).example/x")
            for header in ["b=2; Path=/", "a=1; Path=/", "c=3; Path=/x"] {
                HTTPCookieStorage.shared.setCookies(
                    [try cookie(header, from: url)], for: url, mainDocumentURL: nil)
            }
            var request = URLRequest(url: url)
            #expect(SharedCookies.adding(to: request).fields["Cookie"] == "c=3; a=1; b=2")
            request.fields["cookie"] = "mine=1"
            #expect(SharedCookies.adding(to: request).fields["Cookie"] == "mine=1; c=3; a=1; b=2")
        }
    }
#endif
