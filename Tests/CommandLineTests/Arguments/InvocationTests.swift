import Foundation
import Testing

@testable import sse

struct InvocationTests {
    private static let url = "http://127.0.0.1/feed"

    private func options(_ arguments: String...) throws -> StreamOptions {
        guard case .stream(_, let options) = try Invocation(arguments) else {
            throw UsageError("no stream")
        }
        return options
    }

    @Test(arguments: ["GET", "get", "HEAD"])
    func aBodyNeedsAMethodThatCarriesIt(method: String) throws {
        let options = try options("-X", method, "-d", "x", Self.url)
        let url = try #require(URL(string: Self.url))
        let error = #expect(throws: UsageError.self) { try options.stream(of: url) }
        #expect(error?.message.contains("use POST") == true)
    }

    @Test func withoutArgumentsItIsTheDemo() throws {
        #expect(try Invocation([]) == .demo)
        #expect(try Invocation(["--help"]) == .help)
        #expect(try Invocation([Self.url, "-h"]) == .help)
        #expect(try Invocation(["--json", "--version"]) == .version)
    }

    @Test func everyOptionIsRead() throws {
        var expected = StreamOptions()
        expected.headers = [try Header("A: b c", of: "-H")]
        expected.method = "PATCH"
        expected.data = ["-d"]
        expected.lastEventID = ""
        expected.keepsCookies = true
        expected.reconnection = .standard
        expected.retryDelay = .milliseconds(1500)
        expected.maximumAttempts = 7
        expected.idleTimeout = .off
        expected.maximumEventSize = 10
        expected.until = ""
        expected.count = 2
        expected.types = ["a", "b"]
        expected.isJSON = true
        expected.showsUpdates = true
        #expect(
            try options(
                "-HA: b c ", "--method=PATCH", "-d", "-d", "--last-event-id=", "--cookies",
                "--reconnect", "standard", "--retry-delay", "1.5", Self.url, "--max-attempts", "7",
                "--idle-timeout", "off", "--max-event-size", "10", "--until=", "--count", "2",
                "--type", "a", "--type", "b", "--json", "--updates", "--transport", "urlsession")
                == expected)
    }

    @Test func whatIsEncodedInAURLStays() throws {
        let invocation = try Invocation(["http://127.0.0.1/?filter[a]=\u{E9}&signed=%2B"])
        guard case .stream(let url, _) = invocation else {
            Issue.record("\(invocation)")
            return
        }
        #expect(url.query(percentEncoded: true) == "filter%5Ba%5D=%C3%A9&signed=%2B")
    }

    #if os(Linux)
        @Test func theTransportCanBeChosen() throws {
            #expect(try options("--transport", "libcurl", Self.url).transport == .libcurl)
            #expect(try options("--transport=urlsession", Self.url).transport == .urlsession)
        }
    #else
        @Test func libcurlIsForLinux() throws {
            let error = #expect(throws: UsageError.self) {
                try options("--transport", "libcurl", Self.url)
            }
            #expect(error?.message.contains("Linux only") == true)
        }
    #endif

    @Test func theURLMayStandAnywhere() throws {
        let url = try #require(URL(string: Self.url))
        #expect(try Invocation([Self.url]) == .stream(url, StreamOptions()))
        var options = StreamOptions()
        options.isJSON = true
        #expect(
            try Invocation(["--json", "HTTPS://[::1]:8/a?b#c"])
                == .stream(#require(URL(string: "HTTPS://[::1]:8/a?b#c")), options))
    }

    @Test func aSecretIsNotQuoted() {
        for header in ["sesame", "Authorization: sesame\nA: b"] {
            let error = #expect(throws: UsageError.self) { try Invocation(["-H", header]) }
            #expect(error?.message.contains("sesame") == false)
        }
    }

    @Test func theLastOfAnOptionCounts() throws {
        #expect(try options("--count", "1", "--count", "2", Self.url).count == 2)
    }

    @Test func afterTwoDashesEverythingIsAnOperand() throws {
        #expect(try options("--", Self.url) == options(Self.url))
        #expect(throws: UsageError.self) { try options("--", "--json") }
    }

    @Test(arguments: [
        ["--nope"], ["-Z"], ["--count"], ["--count", "0"], ["--count", "1.5"], ["--count", "-1"],
        ["--count", "99999999999999999999"], ["--count", ""], ["--max-attempts", "0"],
        ["--max-event-size", "1k"], ["--retry-delay", "-1"], ["--retry-delay", "inf"],
        ["--retry-delay", "1e3"], ["--retry-delay", "."], ["--retry-delay", "1."],
        ["--retry-delay", "31536001"], ["--idle-timeout", "0"],
        ["--idle-timeout", "0.0000000000000000001"], ["--idle-timeout", "on"],
        ["--reconnect", "always"], ["--transport", "carrier-pigeon"], ["--transport", ""],
        ["--json=1"], ["--updates=yes"], ["--cookies=a"], ["-X", "GE T"], ["-X", ""],
        ["--last-event-id", "a\nb"], ["-H", "no colon"], ["-H", ": x"], ["-H", "A B: x"],
        ["-H", "A:"], ["-H", "A: x\r\nB: y"], ["-H", "Ä: x"], ["--port", "1"], ["--speed", "2"],
        ["-o", "x"], ["--output", "x"],
    ])
    func theSentenceNamesTheOption(arguments: [String]) throws {
        let error = try #require(throws: UsageError.self) {
            try Invocation([Self.url] + arguments)
        }
        let name = arguments[0].prefix { $0 != "=" }
        #expect(error.message.contains(name))
        #expect(error.message.hasSuffix("."))
        #expect(!error.message.contains("\n"))
    }

    @Test(arguments: [
        (["--json"], "A URL is missing"), (["record"], "A URL is missing"),
        (["record", "-o", "x", "feed"], "http:// or https://"),
        (["ftp://host/"], "http:// or https://"),
        (["localhost:80"], "http:// or https://"), (["feed"], "http:// or https://"),
        (["http:///feed"], "names a host"), ([""], "http:// or https://"), ([url, url], "One URL"),
        (["http://host:65536/"], "at most 65535"),
        (["http://host:99999999999999999999/"], "at most 65535"),
    ])
    func aURLIsAsked(arguments: [String], message: String) throws {
        let error = try #require(throws: UsageError.self) { try Invocation(arguments) }
        #expect(error.message.contains(message))
    }

    // MARK: Commands

    @Test func aScriptIsServed() throws {
        #expect(try Invocation(["serve", "s.json"]) == .serve(ServeOptions(file: "s.json")))
        #expect(
            try Invocation(["--port", "8080", "serve", "--speed=2.5", "serve"])
                == .serve(ServeOptions(file: "serve", port: 8080, speed: 2.5)))
        #expect(
            try Invocation(["serve", "x", "--speed", "0"])
                == .serve(ServeOptions(file: "x", speed: 0)))
    }

    @Test func aStreamIsRecorded() throws {
        let url = try #require(URL(string: Self.url))
        var options = StreamOptions()
        options.count = 3
        #expect(
            try Invocation(["record", Self.url, "-o", "f.json", "--count", "3"])
                == .record(url, options, file: "f.json"))
        #expect(
            try Invocation(["record", "--output=f.json", Self.url])
                == .record(url, StreamOptions(), file: "f.json"))
    }

    @Test func aWordThatIsNoCommandIsAURL() {
        let error = #expect(throws: UsageError.self) { try Invocation([Self.url, "serve"]) }
        #expect(error?.message.hasPrefix("One URL is accepted") == true)
    }

    @Test(arguments: [
        (["serve"], "A file is missing"), (["serve", "a", "b"], "One file is accepted"),
        (["serve", "a", "--port", "65536"], "--port takes a port"),
        (["serve", "a", "--port", "x"], "--port takes a port"),
        (["serve", "a", "--port"], "--port needs a value"),
        (["serve", "a", "--speed", "-1"], "--speed takes a factor"),
        (["serve", "a", "--speed", "nan"], "--speed takes a factor"),
        (["serve", "a", "--speed", "0.0001"], "--speed takes a factor"),
        (["serve", "a", "--speed", "1000001"], "--speed takes a factor"),
        (["serve", "a", "--json"], "--json does not go with `sse serve`"),
        (["serve", "a", "-o", "b"], "-o belongs to `sse record`"),
        (["record", url], "A file to write is missing"),
        (["record", url, "-o", ""], "A file to write is missing"),
        (["record", url, "-o"], "-o needs a value"),
        (["record", url, "-o", "f", "--json"], "--json does not go with `sse record`"),
        (["record", url, "-o", "f", "--type", "a"], "--type does not go with `sse record`"),
        (["record", url, "-o", "f", "--speed", "2"], "--speed belongs to `sse serve`"),
    ])
    func eachCommandHasItsOptions(arguments: [String], message: String) throws {
        let error = try #require(throws: UsageError.self) { try Invocation(arguments) }
        #expect(error.message.hasPrefix(message), "\(error.message)")
    }

    /// What was given in the wrong place, or without quotes, may be a credential.
    @Test(arguments: [
        ["ftp://me:sesame@host/?token=sesame"], ["http://?sesame"], ["me:sesame@host"],
        ["-H", "Authorization:", "Bearer", "sesame"], ["-H", "Authorization Bearer sesame", url],
        ["-H", "Authorization: sesame\n", url], [url, "sesame"],
    ])
    func whatIsSaidOfAMistakeHasNoSecret(arguments: [String]) throws {
        let error = #expect(throws: UsageError.self) { try Invocation(arguments) }
        #expect(error?.message.contains("sesame") == false)
    }
}
