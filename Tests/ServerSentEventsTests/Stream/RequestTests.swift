import Foundation
import Locking
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// CONFORMANCE: "Requests", and what is refused before a byte is sent.
@Suite struct RequestTests {
    private func sent(
        _ request: URLRequest,
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) async throws -> URLRequest {
        let transport = ScriptedTransport([{ $0.status(204) }])
        var configuration = EventStream.Configuration.test(transport)
        configure(&configuration)
        _ = try await EventStream(request, configuration: configuration).all()
        return try #require(transport.requests.first)
    }

    private func refusal(
        _ request: URLRequest,
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) async throws -> EventStreamError {
        let transport = ScriptedTransport([])
        var configuration = EventStream.Configuration.test(transport)
        configure(&configuration)
        let (error, _) = try await EventStream(request, configuration: configuration).failure()
        #expect(transport.requests.isEmpty, "nothing may be sent")
        #expect(error.code == .invalidRequest)
        return error
    }

    @Test func hasTheStandardsHeaders() async throws {
        let request = try await sent(URLRequest(url: .test()))
        #expect(request.httpMethod == "GET")
        #expect(
            request.allHTTPHeaderFields == [
                "Accept": "text/event-stream", "Cache-Control": "no-cache",
                "Accept-Encoding": "identity",
            ])
        #expect(!request.httpShouldHandleCookies)
    }

    @Test func theSchemeIsSentInLowerCase() async throws {
        let request = try await sent(URLRequest(url: .test("HTTP://127.0.0.1:80/Feed?X=Y")))
        #expect(request.url?.absoluteString == "http://127.0.0.1:80/Feed?X=Y")
    }

    @Test(arguments: ["GET", "HEAD"])
    func refusesABodyThatCannotBeSent(method: String) async throws {
        var request = URLRequest(url: try .test())
        request.httpMethod = method
        request.httpBody = Data("x".utf8)
        let error = try await refusal(request)
        #expect(error.message.contains("cannot carry a body"))
    }

    @Test(arguments: ["GET", "POST"])
    func refusesABodyThatCanBeReadOnlyOnce(method: String) async throws {
        var request = URLRequest(url: try .test())
        request.httpMethod = method
        request.httpBodyStream = InputStream(data: Data("x".utf8))
        let error = try await refusal(request)
        #expect(error.message.contains("give its body as `httpBody`"))
    }

    @Test func theCallersHeadersWin() async throws {
        var request = URLRequest(url: try .test())
        request.setValue("text/event-stream, */*", forHTTPHeaderField: "accept")
        request.setValue("no-store", forHTTPHeaderField: "Cache-Control")
        let sent = try await sent(request) {
            $0.headers = ["cache-control": "max-age=0", "X-Key": "é"]
        }
        #expect(sent.value(forHTTPHeaderField: "Accept") == "text/event-stream, */*")
        #expect(sent.value(forHTTPHeaderField: "Cache-Control") == "max-age=0")
        #expect(sent.value(forHTTPHeaderField: "X-Key") == "é")
    }

    @Test func theCallersLastEventIDIsTheFirst() async throws {
        var request = URLRequest(url: try .test())
        request.setValue("7", forHTTPHeaderField: "last-event-id")
        #expect(try await sent(request).value(forHTTPHeaderField: "Last-Event-ID") == "7")
        let other = try await sent(request) { $0.headers = ["LAST-event-id": "8"] }
        #expect(other.value(forHTTPHeaderField: "Last-Event-ID") == "8")
    }

    @Test func credentialsAllowCookies() async throws {
        let request = try await sent(URLRequest(url: .test())) { $0.credentials = .include }
        #expect(request.httpShouldHandleCookies)
    }

    @Test func prepareRequestSeesTheAttemptAndTheFailureBefore() async throws {
        let transport = ScriptedTransport([
            { $0.stream("id: 5\ndata: x\n\n") }, { $0.status(503) }, { $0.status(204) },
        ])
        let seen = Protected<[String]>([])
        var configuration = EventStream.Configuration.test(transport)
        configuration.prepareRequest = { request, attempt in
            let failure = attempt.previousFailure.map { "\($0.code)" } ?? "-"
            seen.withLock { $0.append("\(attempt.number) \(attempt.lastEventID) \(failure)") }
            request.setValue("Bearer \(attempt.number)", forHTTPHeaderField: "Authorization")
        }
        _ = try await EventStream(url: .test(), configuration: configuration).all()
        #expect(seen.withLock { $0 } == ["1  -", "1 5 connectionFailed", "2 5 refused"])
        #expect(
            transport.requests.map { $0.value(forHTTPHeaderField: "Authorization") }
                == ["Bearer 1", "Bearer 1", "Bearer 2"])
    }

    @Test func nothingIsSentOnceTheTaskIsCancelled() async throws {
        let transport = ScriptedTransport([])
        var configuration = EventStream.Configuration.test(transport)
        configuration.prepareRequest = { _, _ in withUnsafeCurrentTask { $0?.cancel() } }
        let stream = EventStream(url: try .test(), configuration: configuration)
        let events = try await Task { try await stream.all() }.value
        #expect(events.isEmpty)
        #expect(transport.requests.isEmpty)
    }

    @Test func whatPrepareRequestThrowsEndsTheStream() async throws {
        let transport = ScriptedTransport([])
        var configuration = EventStream.Configuration.test(transport)
        configuration.prepareRequest = { _, _ in throw URLError(.userAuthenticationRequired) }
        let stream = EventStream(url: try .test(), configuration: configuration)
        let (error, _) = try await stream.failure()
        #expect(error.code == .prepareFailed)
        #expect((error.underlying as? URLError)?.code == .userAuthenticationRequired)
        #expect(transport.requests.isEmpty)
    }

    // MARK: Refused before a byte is sent

    @Test(arguments: [
        "ftp://example.com/feed", "file:///etc/passwd", "mailto:a@b", "/feed", "feed",
        "http:///feed", "https://", "data:text/event-stream,data:x", "http://example.com:65536/",
        "http://example.com:99999999999999999999/",
    ])
    func refusesAURL(text: String) async throws {
        _ = try await refusal(URLRequest(url: try .test(text)))
    }

    @Test(arguments: [
        "ftp://user:hidden@example.com/?token=hidden", "user:hidden@example.com/feed",
        "http:user:hidden@example.com/", "http:///x#access_token=hidden", "/feed?token=hidden",
    ])
    func theErrorShowsNoSecretOfTheURL(text: String) async throws {
        let error = try await refusal(URLRequest(url: try .test(text)))
        #expect(!"\(error)".contains("hidden"))
    }

    @Test(arguments: ["", "a b", "a:b", "a\r\nb", "é", "a\u{0}", "(a)"])
    func refusesAHeaderName(name: String) async throws {
        let error = try await refusal(URLRequest(url: .test())) { $0.headers[name] = "x" }
        #expect(error.message.contains("is not a header field name"))
    }

    @Test(arguments: ["a\r\nX: y", "a\nb", "a\rb", "a\u{0}"])
    func refusesAHeaderValue(value: String) async throws {
        let error = try await refusal(URLRequest(url: .test())) { $0.headers["X-Key"] = value }
        #expect(error.message.contains("CR, LF or NUL"))
        #expect(!error.message.contains(value), "a value may be a secret")
    }

    /// Which of them would win is not known.
    @Test func refusesTwoHeadersOfOneName() async throws {
        let error = try await refusal(URLRequest(url: .test())) {
            $0.headers = ["x-key": "hidden", "X-Key": "hidden too"]
        }
        #expect(error.message.contains("more than once"))
        #expect(!error.message.contains("hidden"))
    }

    @Test(arguments: [
        ("Content-Length", "3"), ("content-length", "-1"), ("Content-Length", ""),
        ("Transfer-Encoding", "chunked"), ("transfer-encoding", "identity"),
    ])
    func refusesAHeaderThatTellsAnotherBody(name: String, value: String) async throws {
        var request = URLRequest(url: try .test())
        request.httpMethod = "POST"
        request.httpBody = Data("ab".utf8)
        let error = try await refusal(request) { $0.headers[name] = value }
        #expect(error.message.lowercased().contains(name.lowercased()))
        _ = try await refusal(URLRequest(url: .test())) {
            $0.prepareRequest = { request, _ in request.setValue(value, forHTTPHeaderField: name) }
        }
    }

    @Test func aContentLengthMayBeTold() async throws {
        var request = URLRequest(url: try .test())
        request.httpMethod = "POST"
        request.httpBody = Data("ab".utf8)
        let sent = try await sent(request) { $0.headers["Content-Length"] = "2" }
        #expect(sent.value(forHTTPHeaderField: "Content-Length") == "2")
    }

    @Test(arguments: ["GET /\r\nX: y", "", "G T"])
    func refusesAMethod(method: String) async throws {
        var request = URLRequest(url: try .test())
        request.httpMethod = method
        let error = try await refusal(request)
        #expect(error.message.contains("is not a method"))
    }

    @Test func refusesAHeaderOfTheRequestItself() async throws {
        var request = URLRequest(url: try .test())
        request.allHTTPHeaderFields = ["X-Key": "a\r\nX-Injected: b"]
        _ = try await refusal(request)
    }

    @Test func refusesAHeaderOfPrepareRequest() async throws {
        _ = try await refusal(URLRequest(url: .test())) {
            $0.prepareRequest = { request, _ in
                request.allHTTPHeaderFields = ["X-Key": "a\r\nX-Injected: b"]
            }
        }
    }

    @Test func refusesALastEventID() async throws {
        let error = try await refusal(URLRequest(url: .test())) { $0.lastEventID = "1\r\nX: y" }
        #expect(error.message.contains("Last-Event-ID"))
    }

    /// One field of it, several, or the URL.
    @Test(arguments: [(1, 0, 0), (0.5, 0.5, 0), (0, 0.5, 0.5), (0, 0, 1)])
    func refusesAHeadThatIsTooLarge(first: Double, second: Double, url: Double) async throws {
        func text(_ share: Double) -> String {
            String(repeating: "x", count: Int(Double(EventStream.headLimit) * share))
        }
        let url = try URL.test("https://h.example/\(text(url))")
        let error = try await refusal(URLRequest(url: url)) {
            $0.headers["X-Key"] = text(first)
            $0.headers["X-Other"] = text(second)
        }
        #expect(error.message.contains("header fields are larger than 524288 bytes"))
        #expect(error.message.count < 250, "a value may be a secret")
    }

    @Test(arguments: BadSetting.allCases)
    func refusesASetting(_ setting: BadSetting) async throws {
        let error = try await refusal(URLRequest(url: .test())) { setting.apply(to: &$0) }
        #expect(error.message.contains(": give") || error.message.contains(": swap"))
    }

    enum BadSetting: CaseIterable {
        case eventSize, bufferOrder, bufferMaximum, bufferLow, redirects, openTimeout, idleTimeout
        case bodyTimeout
        case baseDelay, minimumDelay, retryAfter, multiplier, jitter, attempts, attemptsBeforeOpen

        func apply(to configuration: inout EventStream.Configuration) {
            switch self {
            case .eventSize: configuration.limits.eventSize = 0
            case .bufferOrder: configuration.limits.bufferLow = configuration.limits.bufferHigh
            case .bufferMaximum: configuration.limits.bufferMaximum = 1
            case .bufferLow: configuration.limits.bufferLow = -1
            case .redirects: configuration.limits.redirects = -1
            case .openTimeout: configuration.timeouts.open = .zero
            case .idleTimeout: configuration.timeouts.idle = .seconds(-1)
            case .bodyTimeout: configuration.timeouts.errorBody = .zero
            case .baseDelay: configuration.reconnection?.baseDelay = .seconds(-1)
            case .minimumDelay: configuration.reconnection?.minimumDelay = .seconds(100)
            case .retryAfter: configuration.reconnection?.maximumRetryAfter = .seconds(-1)
            case .multiplier: configuration.reconnection?.multiplier = .nan
            case .jitter: configuration.reconnection?.jitter = .infinity
            case .attempts: configuration.reconnection?.maximumAttempts = 0
            case .attemptsBeforeOpen: configuration.reconnection?.maximumAttemptsBeforeOpen = 0
            }
        }
    }
}
