import Foundation
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Clauses of the standard that need more than one answer, or more than one part of the client.
@Suite struct ClauseTests {
    private let clock = ImmediateClock()

    private func stream(
        _ answers: [ScriptedTransport.Answer],
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) throws -> (EventStream, ScriptedTransport) {
        try scripted(on: clock, answers, configure: configure)
    }

    // MARK: Requests

    @Test func theCacheIsPassedBy() async throws {
        let (stream, transport) = try stream([{ $0.status(204) }])
        _ = try await stream.all()
        #expect(transport.requests.map(\.cachePolicy) == [.reloadIgnoringLocalCacheData])
    }

    @Test func theIDPersistsOverConnectionsThatSendNone() async throws {
        let (stream, transport) = try stream([
            { $0.stream("id: 1\ndata: one\n\n") }, { $0.stream("data: two\n\n") },
            { $0.stream() }, { $0.finish(failing: CancellationError()) },
            { $0.stream("id: 2\n\n") }, { $0.status(204) },
        ])
        #expect(try await stream.all() == [.data("one", id: "1"), .data("two", id: "1")])
        #expect(transport.lastEventIDs == ["-", "1", "1", "1", "1", "2"])
    }

    @Test func whatATransportCannotDoIsNotAskedAgain() async throws {
        let own = EventStreamError(.invalidRequest, "This transport is not for this.")
        let (stream, transport) = try stream([{ $0.finish(failing: own) }])
        let (error, _) = try await stream.failure()
        #expect(error.code == .invalidRequest)
        #expect(error.message == own.message)
        #expect(transport.requests.count == 1)
    }

    // MARK: Answers

    @Test(arguments: ["utf-8", "windows-1252", "UTF-16LE", "nonsense"])
    func theBodyIsUTF8WhateverTheCharset(charset: String) async throws {
        let body = Array("data: é日\n\n".utf8) + Array("data: ".utf8) + [0xE9, 0x0A, 0x0A]
        for chunks in [[body], body.singleBytes] + body.indices.map(body.split(at:)) {
            let (stream, _) = try stream([
                { channel in
                    let type = "text/event-stream;charset=\(charset)"
                    channel.receive(ResponseHead(status: 200, headers: ["Content-Type": type]))
                    for chunk in chunks { channel.receive(chunk) }
                    channel.finish()
                }
            ]) { $0.reconnection = .never }
            #expect(try await stream.all().map(\.data) == ["é日", "\u{FFFD}"])
        }
    }

    private static let otherAnswers: [(Int, HeaderFields)] = [
        (200, ["Content-Type": "text/plain"]), (200, [:]), (204, [:]), (302, ["Location": "/b"]),
        (307, [:]), (404, [:]), (503, [:]), (599, ["Content-Type": "text/event-stream"]),
    ]

    @Test(arguments: otherAnswers)
    func theBodyOfAnotherAnswerIsNoEvent(status: Int, headers: HeaderFields) async throws {
        let body = "retry: 250\nid: 7\ndata: none\n\n"
        let (stream, transport) = try stream([
            { $0.status(status, headers, body: body) }, { $0.stream("data: one\n\n") },
            { $0.status(204) },
        ])
        var events: [ServerSentEvent] = []
        do throws(EventStreamError) {
            for try await event in stream { events.append(event) }
        } catch {
            #expect(error.response?.status == status)
        }
        #expect(events == (transport.requests.count > 1 ? [.data("one")] : []))
        #expect(transport.lastEventIDs.allSatisfy { $0 == "-" })
        #expect(!clock.sleeps.contains(.milliseconds(250)))
    }

    @Test func status204OnAReconnectEndsTheStream() async throws {
        let (stream, transport) = try stream([
            { $0.stream("data: one\n\n") }, { $0.status(204) }, { $0.stream("data: two\n\n") },
        ])
        var events = stream.makeAsyncIterator()
        #expect(try await events.next()?.data == "one")
        #expect(try await events.next() == nil)
        #expect(try await events.next() == nil)
        #expect(transport.requests.count == 2)
    }

    // MARK: Connections

    @Test(arguments: [ReconnectionPolicy.default, .standard])
    func theServersRetryHoldsUntilAnotherComes(policy: ReconnectionPolicy) async throws {
        let (stream, _) = try stream([
            { $0.stream("retry: 250\n", "data: one\n\n") }, { $0.stream("data: two\n\n") },
            { $0.stream("retry: x\nretry\nretry: 400\ndata: three\n\n") },
            { $0.stream("data: four\n\n") }, { $0.status(204) },
        ]) {
            $0.reconnection = policy
            $0.reconnection?.jitter = 0
        }
        #expect(try await stream.all().count == 4)
        #expect(clock.sleeps == [250, 250, 400, 400].map { .milliseconds($0) })
    }

    @Test func cancellingInTheDelaySendsNoFurtherRequest() async throws {
        let (stream, transport) = try stream([
            { $0.stream("data: one\n\n") }, { $0.stream("data: two\n\n") },
        ])
        let task = Task {
            var updates = stream.updates.makeAsyncIterator()
            var lines: [String] = []
            while let update = try await updates.next() {
                lines.append(update.line)
                if case .disconnected = update { withUnsafeCurrentTask { $0?.cancel() } }
            }
            #expect(try await updates.next() == nil)
            return lines.last
        }
        #expect(try await task.value == "disconnected connectionFailed 3.0")
        #expect(transport.requests.count == 1)
    }

    // MARK: Events

    @Test(arguments: ["message", "price", "open", "error", "日本", "constructor"])
    func aLoopGetsEventsOfEveryType(type: String) async throws {
        let (stream, _) = try stream([
            { $0.stream("event: \(type)\ndata: one\n\n", "data: two\n\n") }
        ]) { $0.reconnection = .never }
        #expect(try await stream.all() == [.data("one", type: type), .data("two")])
    }

    @Test func anEventThatIsSentAgainIsDeliveredAgain() async throws {
        let (stream, _) = try stream([
            { $0.stream("id: 1\ndata: one\n\n") },
            { $0.stream("id: 1\ndata: one\n\nid: 2\ndata: two\n\n") }, { $0.status(204) },
        ])
        #expect(try await stream.all().map(\.lastEventID) == ["1", "1", "2"])
    }
}
