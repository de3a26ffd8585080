import Foundation
import ServerSentEvents
import Testing

/// What a URL may not hold becomes what it may, and nothing else changes.
struct URLEncodingTests {
    @Test(arguments: [
        ("/b?f[x]=1&sig=a%2Bb%3D", "/b?f%5Bx%5D=1&sig=a%2Bb%3D"),
        ("/b?n=caf\u{E9}&sig=a%2Bb%3D", "/b?n=caf%C3%A9&sig=a%2Bb%3D"),
        ("/b?n=1|2&sig=%2b", "/b?n=1%7C2&sig=%2b"),
        ("/a b/%2F?x y=%41#z z%41", "/a%20b/%2F?x%20y=%41#z%20z%41"),
        ("?p=100%&q=%41&r=%4g&s=%", "/a?p=100%25&q=%41&r=%254g&s=%25"),
        ("/a#b#c%41", "/a#b%23c%41"),
        ("/\"<>\\^`{}\u{7F}%41", "/%22%3C%3E%5C%5E%60%7B%7D%7F%41"),
        ("/plain/~a!$&'()*+,;=:@%41?a=/?:#/?", "/plain/~a!$&'()*+,;=:@%41?a=/?:#/?"),
    ])
    func onlyWhatMustBeIsEncoded(text: String, url: String) throws {
        let base = try #require(URL(string: "http://host/a"))
        #expect(URL(encoding: text, relativeTo: base)?.absoluteString == "http://host" + url)
        #expect(URL(encoding: "http://host" + url)?.absoluteString == "http://host" + url)
    }

    @Test(arguments: [
        ("http://\u{FC}.example/\u{E9}%41", "http://xn--tda.example/%C3%A9%41"),
        ("http://[::1]:8/a[b]%41", "http://[::1]:8/a%5Bb%5D%41"),
        ("//o.example", "http://o.example"), ("//o.example?[%41", "http://o.example?%5B%41"),
        ("https://u%41:p@o.example/{%41", "https://u%41:p@o.example/%7B%41"),
        ("x y%41//z", "http://host/x%20y%41//z"), ("%", "http://host/%25"),
    ])
    func theAuthorityIsFoundations(text: String, url: String) throws {
        let base = try #require(URL(string: "http://host/a"))
        #expect(URL(encoding: text, relativeTo: base)?.absoluteString == url)
    }

    @Test(arguments: ["http://a b/", "http://[::1/", "http://host:port/"])
    func whatIsNoURLStaysNone(text: String) {
        #expect(URL(encoding: text) == nil)
    }
}
