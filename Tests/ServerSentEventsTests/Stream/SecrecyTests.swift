import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Nothing that can be printed shows a credential: every one here is called "hidden".
@Suite struct SecrecyTests {
    /// All ways to make text of a value.
    private func texts(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var texts = [
            dumped, "\(value)", String(describing: value), String(reflecting: value), "\([value])",
        ]
        if let error = value as? any Error {
            let bridged = error as NSError
            texts += [
                error.localizedDescription, bridged.description, bridged.debugDescription,
                "\(bridged.userInfo)",
            ]
        }
        return texts
    }

    func expectNoSecret(
        in value: Any, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for text in texts(of: value) {
            #expect(!text.contains("hidden"), sourceLocation: sourceLocation)
        }
    }

    private func stream(_ transport: any EventTransport, port: Int = 1) throws -> EventStream {
        var configuration = EventStream.Configuration.test(transport)
        configuration.reconnection = .never
        configuration.headers = ["Authorization": "Bearer hidden", "X-Custom": "hidden"]
        configuration.secretHeaders = ["X-Custom"]
        configuration.prepareRequest = { request, _ in
            request.setValue("hidden", forHTTPHeaderField: "X-Prepared")
        }
        var request = URLRequest(
            url: try .test("http://me:hidden@127.0.0.1:\(port)/feed?token=hidden#hidden"))
        request.setValue("hidden", forHTTPHeaderField: "X-Of-The-Request")
        return EventStream(request, configuration: configuration)
    }

    @Test func ofAConfiguration() throws {
        let configuration = try stream(.urlSession).configuration
        expectNoSecret(in: configuration)
        #expect("\(configuration)".contains("\"X-Custom\": \"[redacted]\""))
        #expect("\(configuration)".contains("eventSize: 16777216"))
    }

    @Test func ofAStream() throws {
        let stream = try stream(.urlSession)
        expectNoSecret(in: stream)
        expectNoSecret(in: stream.updates)
        #expect("\(stream)".contains("GET http://[redacted]@127.0.0.1:1/feed?[redacted]"))
        #expect("\(stream)".contains("\"X-Of-The-Request\": \"[redacted]\""))
    }

    @Test func ofAnIterator() async throws {
        let transport = ScriptedTransport([{ $0.open(["data: one\n\n"]) }])
        let stream = try stream(transport)
        var events = stream.makeAsyncIterator()
        let first = try await events.next()
        #expect(first?.data == "one")
        #expect(transport.requests.first?.value(forHTTPHeaderField: "X-Prepared") == "hidden")
        expectNoSecret(in: events)
        expectNoSecret(in: stream.updates.makeAsyncIterator())
    }

    /// What an answer brings to its updates and errors.
    @Test(arguments: [200, 302, 401])
    func ofAnAnswer(status: Int) async throws {
        let head = ResponseHead(
            status: status,
            headers: [
                "Content-Type": "text/event-stream", "Set-Cookie": "a=hidden",
                "X-Session-Token": "hidden", "WWW-Authenticate": "Negotiate hidden",
                "Location": "ftp://me:hidden@example.com/?code=hidden", "X-Plain": "shown",
            ])
        let transport = ScriptedTransport([
            {
                $0.receive(head)
                $0.finish()
            }
        ])
        let stream = try stream(transport)
        var seen: [any Sendable] = [head]
        do throws(EventStreamError) {
            for try await update in stream.updates { seen.append(update) }
        } catch {
            #expect(error.response?.headers["set-cookie"] == "a=hidden")
            seen.append(error)
            seen.append(EventStream.Attempt(number: 2, previousFailure: error))
        }
        for value in seen { expectNoSecret(in: value) }
        #expect("\(head)".contains("shown"))
        #expect("\(head)".contains("ftp://") == false)
    }

    @Test(arguments: TestedTransport.overSockets)
    func ofAFailedConnection(_ tested: TestedTransport) async throws {
        // Nobody listens on port 1; the port of a stopped server may be another's by now.
        let stream = try stream(tested.transport, port: 1)
        let (error, _) = try await stream.failure()
        #expect(error.code == .connectionFailed)
        #expect(error.underlying != nil)
        expectNoSecret(in: error)
        if let underlying = error.underlying { expectNoSecret(in: underlying) }
    }

    /// A whole field where only its name belongs, and other mix-ups.
    @Test(arguments: ["Authorization: Bearer hidden", "X Y hidden", " hidden", "é hidden"])
    func ofAMisplacedField(text: String) async throws {
        var configuration = EventStream.Configuration.test(ScriptedTransport([]))
        configuration.headers = [text: "hidden"]
        let (error, _) = try await EventStream(url: .test(), configuration: configuration).failure()
        #expect(error.code == .invalidRequest)
        expectNoSecret(in: error)

        configuration.headers = [:]
        var request = URLRequest(url: try .test())
        request.httpMethod = text
        let (other, _) = try await EventStream(request, configuration: configuration).failure()
        #expect(other.code == .invalidRequest)
        expectNoSecret(in: other)
    }

    @Test(arguments: ["hidden\r\nX: y", "hidden\u{0}"])
    func ofAValueThatCannotBeSent(value: String) async throws {
        for name in ["Authorization", "Last-Event-ID"] {
            var configuration = EventStream.Configuration.test(ScriptedTransport([]))
            configuration.headers = [name: value]
            let stream = EventStream(url: try .test(), configuration: configuration)
            let (error, _) = try await stream.failure()
            #expect(error.message.contains(name))
            expectNoSecret(in: error)
        }
    }

    @Test(arguments: [
        ("https://h/p", "https://h/p"), ("https://h/p?a=b", "https://h/p?[redacted]"),
        ("https://h/p#a", "https://h/p?[redacted]"), ("/p?a", "/p?[redacted]"), ("", ""),
        ("https://me:a/b@h/p", "https://[redacted]@h/p"), ("me:pw@h", "[redacted]@h"),
        ("HTTP://me@h@h2/", "http://[redacted]@h2/"), ("?@", "?[redacted]"),
    ])
    func ofAURL(url: String, shown: String) {
        #expect(Redaction.url(url) == shown)
    }
}
