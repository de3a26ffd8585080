import Foundation
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct RedirectTests {
    private func redirected(
        from: String = "https://a.example/feed/list?x=1", status: Int = 302, to location: String,
        method: String = "GET"
    ) async throws -> URLRequest {
        let transport = ScriptedTransport([
            { $0.status(status, ["Location": location]) }, { $0.status(204) },
        ])
        var configuration = EventStream.Configuration.test(transport)
        configuration.headers = [
            "Authorization": "Bearer x", "Cookie": "a=b", "Proxy-Authorization": "Basic x",
            "X-Secret": "s", "X-Public": "p", "Host": "virtual.example",
        ]
        configuration.secretHeaders = ["x-secret"]
        configuration.lastEventID = "9"
        var request = URLRequest(url: try .test(from))
        request.httpMethod = method
        if method == "POST" {
            request.httpBody = Data("{}".utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.setValue("2", forHTTPHeaderField: "Content-Length")
        }
        _ = try await EventStream(request, configuration: configuration).all()
        #expect(transport.requests.count == 2)
        #expect(transport.connections.first?.reins.pulls == [.close])
        return try #require(transport.requests.last)
    }

    @Test(arguments: [
        ("other", "https://a.example/feed/other"), ("/other", "https://a.example/other"),
        ("?y=2", "https://a.example/feed/list?y=2"), ("../up", "https://a.example/up"),
        ("//b.example/x", "https://b.example/x"), ("https://b.example/x", "https://b.example/x"),
        // As browsers do, what is encoded is left as it was signed.
        ("/b?f[x]=\u{E9}&signed=a%2Bb%3D", "https://a.example/b?f%5Bx%5D=%C3%A9&signed=a%2Bb%3D"),
    ])
    func resolvesTheLocation(location: String, url: String) async throws {
        #expect(try await redirected(to: location).url?.absoluteString == url)
    }

    @Test(arguments: ["/b", "https://a.example:443/b", "HTTPS://A.EXAMPLE/b"])
    func keepsEveryHeaderWithinTheOrigin(location: String) async throws {
        let request = try await redirected(to: location)
        for name in [
            "Authorization", "Cookie", "Proxy-Authorization", "X-Secret", "X-Public", "Host",
        ] {
            #expect(request.value(forHTTPHeaderField: name) != nil)
        }
    }

    @Test(arguments: [
        "https://b.example/feed", "https://a.example:444/feed", "https://sub.a.example/feed",
    ])
    func carriesNoSecretToAnotherOrigin(location: String) async throws {
        let request = try await redirected(to: location)
        for name in ["Authorization", "Cookie", "Proxy-Authorization", "X-Secret", "Host"] {
            #expect(request.value(forHTTPHeaderField: name) == nil)
        }
        #expect(request.value(forHTTPHeaderField: "X-Public") == "p")
        #expect(request.value(forHTTPHeaderField: "Accept") == "text/event-stream")
        #expect(request.value(forHTTPHeaderField: "Last-Event-ID") == "9")
    }

    @Test(arguments: ["/b", "b", "https://a.example/feed/b", "//A.example:443/b"])
    func keepsTheUserOfTheURLWithinTheOrigin(location: String) async throws {
        let request = try await redirected(from: "https://me:p%40w@a.example/feed/", to: location)
        #expect(request.url?.absoluteString.hasPrefix("https://me:p%40w@") == true)
    }

    @Test(arguments: ["https://b.example/", "//b.example/", "https://a.example:444/"])
    func carriesNoUserOfTheURLToAnotherOrigin(location: String) async throws {
        let request = try await redirected(from: "https://me:pw@a.example/", to: location)
        #expect(request.url?.absoluteString.contains("@") == false)
    }

    @Test func carriesNoSecretBack() async throws {
        let transport = ScriptedTransport([
            { $0.status(302, ["Location": "https://b.example/"]) },
            { $0.status(302, ["Location": "https://a.example/"]) }, { $0.status(204) },
        ])
        var configuration = EventStream.Configuration.test(transport)
        configuration.headers = ["Authorization": "Bearer x"]
        let stream = EventStream(
            url: try .test("https://me:pw@a.example/"), configuration: configuration)
        _ = try await stream.all()
        let last = try #require(transport.requests.last)
        #expect(last.url?.absoluteString == "https://a.example/")
        #expect(last.value(forHTTPHeaderField: "Authorization") == nil)
    }

    /// Neither RFC 9110 nor Fetch takes the body away: only header fields are named as secrets.
    @Test(arguments: [(307, "{}"), (308, "{}"), (301, nil), (302, nil), (303, nil)])
    func theBodyGoesAlongToAnotherOrigin(status: Int, body: String?) async throws {
        let request = try await redirected(
            status: status, to: "https://b.example/", method: "POST")
        #expect(request.httpBody == body.map { Data($0.utf8) })
        #expect((request.value(forHTTPHeaderField: "Content-Type") != nil) == (body != nil))
        #expect(request.value(forHTTPHeaderField: "Authorization") == nil)
    }

    @Test func carriesNoSecretInAnySpelling() async throws {
        let transport = ScriptedTransport([
            { $0.status(302, ["Location": "https://b.example/"]) }, { $0.status(204) },
        ])
        var request = URLRequest(url: try .test("https://a.example/"))
        request.allHTTPHeaderFields = [
            "Authorization": "Bearer a", "authorization": "Bearer b", "AUTHORIZATION": "Bearer c",
        ]
        _ = try await EventStream(request, configuration: .test(transport)).all()
        let fields = try #require(transport.requests.last?.allHTTPHeaderFields)
        #expect(!fields.keys.contains { $0.lowercased() == "authorization" })
    }

    @Test func anotherSchemeIsAnotherOrigin() async throws {
        let request = try await redirected(from: "http://a.example/", to: "https://a.example/")
        #expect(request.value(forHTTPHeaderField: "Authorization") == nil)
    }

    @Test(arguments: [
        (301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST"),
    ])
    func methodOfARedirectedPost(status: Int, method: String) async throws {
        let request = try await redirected(status: status, to: "/b", method: "POST")
        #expect(request.httpMethod == method)
        #expect(request.httpBody == (method == "POST" ? Data("{}".utf8) : nil))
        for name in ["Content-Type", "Content-Length"] {
            #expect((request.value(forHTTPHeaderField: name) != nil) == (method == "POST"))
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func headStaysHead(status: Int) async throws {
        #expect(try await redirected(status: status, to: "/b", method: "HEAD").httpMethod == "HEAD")
    }

    @Test(arguments: [
        "", "ftp://a.example/", "http://", "file:///etc/passwd", "javascript:alert(1)",
        "http://a.example/insecure", "https://me@a.example/", "https://me:pw@b.example/",
        "//:pw@a.example/", "https://a.example@b.example/", "https://a.example:65536/",
        "//a.example:99999999999999999999/",
    ])
    func refusesALocation(location: String) async throws {
        let transport = ScriptedTransport([{ $0.status(302, ["Location": location]) }])
        let stream = EventStream(
            url: try .test("https://a.example/feed"), configuration: .test(transport))
        let (error, _) = try await stream.failure()
        #expect(error.code == .badRedirect)
        #expect(error.response?.status == 302)
        #expect(transport.requests.count == 1)
    }

    @Test func followsTwentyInARowAndNoMore() async throws {
        let transport = ScriptedTransport(
            Array(repeating: { $0.status(307, ["Location": "/again"]) }, count: 30))
        let stream = EventStream(url: try .test(), configuration: .test(transport))
        let (error, _) = try await stream.failure()
        #expect(error.code == .badRedirect)
        #expect(transport.requests.count == 21)
    }

    @Test func aDetourOverHTTPSEndsThere() async throws {
        let transport = ScriptedTransport([
            { $0.status(302, ["Location": "https://a.example/"]) },
            { $0.status(302, ["Location": "http://a.example/"]) },
        ])
        let stream = EventStream(
            url: try .test("http://a.example/"), configuration: .test(transport))
        let (error, _) = try await stream.failure()
        #expect(error.code == .badRedirect)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [0, 1, 1000])
    func followsAsManyAsItIsTold(limit: Int) async throws {
        let transport = ScriptedTransport(
            Array(repeating: { $0.status(307, ["Location": "/again"]) }, count: limit + 5))
        var configuration = EventStream.Configuration.test(transport)
        configuration.limits.redirects = limit
        let stream = EventStream(url: try .test(), configuration: configuration)
        let (error, _) = try await stream.failure()
        #expect(error.code == .badRedirect)
        #expect(transport.requests.count == limit + 1)
        #expect(transport.connections.allSatisfy { $0.reins.pulls == [.close] })
    }

    @Test func reconnectsToTheFirstAddress() async throws {
        let transport = ScriptedTransport([
            { $0.status(302, ["Location": "/b"]) }, { $0.stream("data: x\n\n") },
            { $0.status(204) },
        ])
        let stream = EventStream(url: try .test(), configuration: .test(transport))
        _ = try await stream.all()
        #expect(transport.requests.map { $0.url?.path } == ["/feed", "/b", "/feed"])
    }
}
