import Foundation
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct ReconnectingTests {
    private let clock = ImmediateClock()

    private func stream(
        _ answers: [ScriptedTransport.Answer],
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) throws -> (EventStream, ScriptedTransport) {
        try scripted(on: clock, answers, configure: configure)
    }

    @Test func resumesFromTheLastEventIDAfterTheServersRetry() async throws {
        let (stream, transport) = try stream([
            { $0.stream("retry: 250\n", "id: 1\ndata: one\n\n") },
            { $0.stream("id: 2\ndata: two\n\n") },
            { $0.status(204) },
        ])
        #expect(try await stream.all().map(\.data) == ["one", "two"])
        #expect(transport.lastEventIDs == ["-", "1", "2"])
        #expect(clock.sleeps == [.milliseconds(250), .milliseconds(250)])
    }

    @Test func unfinishedEventIsDiscardedWithItsID() async throws {
        let (stream, transport) = try stream([
            { $0.stream("id: 1\ndata: one\n\nid: 2\ndata: tw") },
            { $0.stream("o\n\nid: 2\ndata: two\n\n") },
            { $0.status(204) },
        ])
        #expect(try await stream.all().map(\.data) == ["one", "two"])
        #expect(transport.lastEventIDs == ["-", "1", "2"])
    }

    @Test func emptyIDResetsAndIsNotSent() async throws {
        let (stream, transport) = try stream([
            { $0.stream("id: 1\ndata: one\n\nid\ndata: two\n\n") }, { $0.status(204) },
        ])
        #expect(try await stream.all().map(\.lastEventID) == ["1", ""])
        #expect(transport.lastEventIDs == ["-", "-"])
    }

    @Test func idIsSentAsItsUTF8() async throws {
        let (stream, transport) = try stream([
            { $0.stream("id: é日本\ndata: one\n\n") }, { $0.status(204) },
        ])
        _ = try await stream.all()
        #expect(transport.lastEventIDs == ["-", "é日本"])
    }

    /// Transports have a limit, too: over it no server would be asked any more, and nobody be told why.
    @Test(arguments: [false, true])
    func anIDThatNoRequestCarriesIsAnError(isTooLarge: Bool) async throws {
        let id = String(repeating: "x", count: EventStream.headLimit - (isTooLarge ? 0 : 1024))
        let (stream, transport) = try stream([
            { $0.stream("id: \(id)\ndata: one\n\n") }, { $0.status(431) },
        ])
        let (error, events) = try await stream.failure()
        #expect(events.map(\.lastEventID) == [id])
        #expect(error.code == (isTooLarge ? .invalidRequest : .refused))
        #expect(error.message.contains("Last-Event-ID") == isTooLarge)
        #expect(transport.requests.count == (isTooLarge ? 1 : 2))
    }

    @Test func startsFromAStoredID() async throws {
        let (stream, transport) = try stream([{ $0.status(204) }]) { $0.lastEventID = "42" }
        #expect(try await stream.all().isEmpty)
        #expect(transport.lastEventIDs == ["42"])
    }

    @Test(arguments: [true, false])
    func aStoredIDIsSentUntilTheServerSetsAnother(asHeader: Bool) async throws {
        let (stream, transport) = try stream([
            { $0.stream("data: one\n\n") }, { $0.finish(failing: CancellationError()) },
            { $0.stream("id\n\n") }, { $0.status(204) },
        ]) {
            if asHeader { $0.headers["last-event-id"] = "42" } else { $0.lastEventID = "42" }
        }
        #expect(try await stream.all() == [.data("one", id: "42")])
        #expect(transport.lastEventIDs == ["42", "42", "42", "-"])
    }

    @Test func givesUpAfterThreeAttemptsBeforeTheFirstOpen() async throws {
        let (stream, transport) = try stream([
            { $0.finish(failing: CancellationError()) },
            { $0.finish(failing: CancellationError()) },
            { $0.finish(failing: CancellationError()) },
            { $0.status(204) },
        ])
        let (error, _) = try await stream.failure()
        #expect(error.code == .connectionFailed)
        #expect(error.attempts == 3)
        #expect(error.underlying is CancellationError)
        #expect(transport.requests.count == 3)
        #expect(clock.sleeps == [.seconds(3), .seconds(6)])
    }

    @Test func goesOnOnceItHasBeenOpen() async throws {
        let failures = Array<ScriptedTransport.Answer>(
            repeating: { $0.finish(failing: CancellationError()) }, count: 20)
        let (stream, transport) = try stream(
            [{ $0.stream("data: one\n\n") }] + failures + [{ $0.status(204) }])
        #expect(try await stream.all().count == 1)
        #expect(transport.requests.count == 22)
        #expect(clock.sleeps.prefix(7) == [3, 6, 12, 24, 48, 60, 60].map { .seconds($0) }[...])
    }

    @Test func standardGoesOnBeforeTheFirstOpen() async throws {
        let failures = Array<ScriptedTransport.Answer>(
            repeating: { $0.finish(failing: CancellationError()) }, count: 9)
        let (stream, transport) = try stream(failures + [{ $0.status(204) }]) {
            $0.reconnection = .standard
        }
        #expect(try await stream.all().isEmpty)
        #expect(transport.requests.count == 10)
        #expect(clock.sleeps == Array(repeating: .seconds(3), count: 9))
    }

    @Test func givesUpAtTheLimitOfAttempts() async throws {
        let (stream, transport) = try stream([
            { $0.stream("data: one\n\n") }, { $0.stream() }, { $0.stream() },
        ]) { $0.reconnection?.maximumAttempts = 2 }
        let (error, events) = try await stream.failure()
        #expect(error.code == .connectionFailed)
        #expect(error.attempts == 2)
        #expect(events.count == 1)
        #expect(transport.requests.count == 3)
    }

    @Test func aHealthyConnectionResetsTheCount() async throws {
        let (stream, transport) = try stream([
            { $0.stream("data: one\n\n") }, { $0.stream() }, { $0.stream("data: two\n\n") },
            { $0.stream() }, { $0.stream("data: three\n\n") }, { $0.status(204) },
        ]) { $0.reconnection?.maximumAttempts = 2 }
        #expect(try await stream.all().count == 3)
        #expect(transport.requests.count == 6)
        #expect(clock.sleeps == [3, 6, 3, 6, 3].map { .seconds($0) }, "and the delay")
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 504])
    func retriesAnOverloadedServer(status: Int) async throws {
        let (stream, transport) = try stream([
            { $0.status(status, body: "busy") }, { $0.status(204) },
        ])
        #expect(try await stream.all().isEmpty)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [205, 210, 299, 304, 400, 401, 403, 404, 410, 501])
    func otherRefusalsAreFinal(status: Int) async throws {
        let (stream, transport) = try stream([
            { $0.status(status, ["X-Request-ID": "7"], body: "data: no event\n\n") },
            { $0.status(204) },
        ])
        let (error, events) = try await stream.failure()
        #expect(error.code == .refused)
        #expect(error.response?.status == status)
        #expect(error.response?.headers["x-request-id"] == "7")
        #expect(error.response?.text == "data: no event\n\n")
        #expect(error.attempts == 1)
        #expect(events.isEmpty)
        #expect(transport.requests.count == 1)
    }

    @Test func standardRetriesNoRefusal() async throws {
        let (stream, _) = try stream([{ $0.status(503) }]) { $0.reconnection = .standard }
        #expect(try await stream.failure().error.response?.status == 503)
    }

    @Test func wrongContentTypeIsFinal() async throws {
        let (stream, transport) = try stream([
            { $0.status(200, ["Content-Type": "text/html"], body: "<p>Sign in</p>") }
        ])
        let (error, _) = try await stream.failure()
        #expect(error.code == .wrongContentType)
        #expect(error.response?.text == "<p>Sign in</p>")
        #expect(transport.requests.count == 1)
    }

    @Test func retryAfterIsHonouredOnce() async throws {
        let (stream, _) = try stream([
            { $0.status(503, ["Retry-After": "17"]) }, { $0.status(503) }, { $0.status(204) },
        ])
        #expect(try await stream.all().isEmpty)
        #expect(clock.sleeps == [.seconds(17), .seconds(6)])
    }

    @Test func neverFailsWithTheConnection() async throws {
        let (stream, transport) = try stream([
            {
                $0.open(["data: one\n\ndata: tw"])
                $0.finish(failing: CancellationError())
            }
        ]) { $0.reconnection = .never }
        let (error, events) = try await stream.failure()
        #expect(error.code == .connectionFailed)
        #expect(events.map(\.data) == ["one"])
        #expect(transport.requests.count == 1)
    }

    @Test func neverEndsWithTheConnection() async throws {
        let (stream, transport) = try stream([{ $0.stream("data: one\n\n") }]) {
            $0.reconnection = .never
        }
        #expect(try await stream.all().count == 1)
        #expect(transport.requests.count == 1)
    }

    @Test func postIsSentOnce() async throws {
        let transport = ScriptedTransport([{ $0.stream("data: one\n\n") }, { $0.status(204) }])
        var configuration = EventStream.Configuration.test(transport)
        configuration.reconnection = nil
        var request = URLRequest(url: try .test())
        request.httpMethod = "POST"
        request.httpBody = Data("{}".utf8)
        let stream = EventStream(request, configuration: configuration)
        #expect(try await stream.all().count == 1)
        #expect(transport.requests.map(\.httpMethod) == ["POST"])
        #expect(transport.requests.first?.httpBody == Data("{}".utf8))
    }

    @Test func anExplicitPolicySendsAPostAgain() async throws {
        let transport = ScriptedTransport([{ $0.stream("data: one\n\n") }, { $0.status(204) }])
        var request = URLRequest(url: try .test())
        request.httpMethod = "POST"
        let stream = EventStream(request, configuration: .test(transport))
        #expect(try await stream.all().count == 1)
        #expect(transport.requests.count == 2)
    }

    @Test func aConnectionOpenForTenSecondsIsHealthy() async throws {
        let (stream, transport) = try stream([
            { $0.stream() }, { $0.stream() }, { $0.stream() }, { $0.status(204) },
        ]) {
            $0.reconnection?.healthyAfter = .zero
            $0.reconnection?.maximumAttempts = 1
        }
        #expect(try await stream.all().isEmpty)
        #expect(transport.requests.count == 4)
    }
}
