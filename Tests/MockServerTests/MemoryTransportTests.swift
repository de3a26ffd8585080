import Foundation
import Testing

@testable import MockServer
@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The same scripts without sockets.
@Suite(.timeLimit(.minutes(1)))
struct MemoryTransportTests {
    /// Scripts that bring out every way an answer can go.
    static let scripts: [(name: String, replies: [Reply])] = [
        ("a clean end", [.stream([.event("one", id: "1"), .comment("c"), .end]), .status(204)]),
        ("a cut", [cut(.fin), .stream([.event("two", id: "2")]), .status(204)]),
        ("a cut by a reset", [cut(.reset), .stream([.event("two", id: "2")]), .status(204)]),
        ("dribbled", [.stream([.event("drop by drop").dribbled(1, every: .zero)]), .status(204)]),
        (
            "line endings",
            [
                .stream([
                    .event("a\nb").lineEnding(.cr), .event("c\nd").lineEnding(.crlf), .padding(9),
                ]), .status(204),
            ]
        ),
        (
            "other framings",
            [
                .stream([.event("one", id: "1")], framing: .closeDelimited),
                .stream([.event("two").repeated(2)], framing: .contentLength(22)),
                .stream([.event("three"), .drop(.fin)], framing: .contentLength(100)),
                .status(204),
            ]
        ),
        ("refusals", [.refuse, .status(503, retryAfter: .zero), .status(204)]),
        ("a final refusal", [.status(403, headers: ["X-Reason": "no"], body: "not you")]),
        (
            "a redirect",
            [.redirect(307, to: "/feed?again"), .stream([.event("one")]), .status(204)]
        ),
        ("another content type", [.stream([], headers: ["Content-Type": "text/html"])]),
        (
            "an early answer",
            [
                .bytes(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n"
                        + "Content-Type: text/event-stream\r\n\r\ndata: one\n\n"),
                .status(204),
            ]
        ),
        ("no HTTP", [.bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n"), .status(204)]),
    ]

    private static func cut(_ drop: Step.Drop) -> Reply {
        .stream([.event("one", id: "1"), .event("two", id: "2").cut(afterBytes: 9), .drop(drop)])
    }

    @Test(arguments: scripts)
    func theSameScriptGivesTheSameUpdates(name: String, replies: [Reply]) async throws {
        let overSockets = try await updates(of: replies) { _ in .urlSession }
        let inMemory = try await updates(of: replies) { $0.transport }
        #expect(inMemory == overSockets)
        #expect(inMemory.count > 1)
    }

    /// All that happens, in lines; what differs by nature (the words of an error) is left out.
    private func updates(
        of replies: [Reply], over transport: (MockEventServer) -> any EventTransport
    ) async throws -> [String] {
        try await MockEventServer.run { server in
            server.script("/feed", replies)
            let stream = EventStream(
                url: server.url("/feed"), configuration: configuration(transport(server)))
            var lines: [String] = []
            do throws(EventStreamError) {
                for try await update in stream.updates { lines.append(line(for: update)) }
            } catch {
                let body = error.response.map { String(decoding: $0.body, as: UTF8.self) }
                lines.append("\(error.code) \(error.response?.status ?? 0) \(body ?? "")")
            }
            return lines
        }
    }

    private func line(for update: EventStream.Update) -> String {
        switch update {
        case .connecting(let attempt): "connecting \(attempt)"
        case .open(let head): "open \(head.status) \(head.headers["content-type"] ?? "-")"
        case .event(let event): "event \(event.type) \(event.data) \(event.lastEventID)"
        case .comment(let text): "comment \(text)"
        case .diagnostic(let text): "diagnostic \(text)"
        case .disconnected(let disconnection): "disconnected \(disconnection.reason.code)"
        }
    }

    private func configuration(
        _ transport: any EventTransport, clock: any Clock<Duration> = ContinuousClock()
    ) -> EventStream.Configuration {
        var configuration = EventStream.Configuration()
        configuration.transport = transport
        configuration.clock = clock
        configuration.timeouts.open = nil
        configuration.timeouts.idle = nil
        configuration.timeouts.errorBody = nil
        var policy = ReconnectionPolicy.default
        (policy.baseDelay, policy.minimumDelay, policy.jitter) = (.zero, .zero, 0)
        configuration.reconnection = policy
        return configuration
    }

    @Test func aBackoffTakesNoTime() async throws {
        let clock = ManualClock()
        try await MockEventServer.run(clock: clock, waitLimit: .seconds(30)) { server in
            server.script(
                "/feed",
                [
                    .stream([.retry(.seconds(30)), .event("one", id: "1"), .drop(.reset)]),
                    .stream([.wait(.seconds(3_600)), .event("two", id: "2"), .hold]),
                ])
            let stream = EventStream(
                url: server.url("/feed"),
                configuration: configuration(server.transport, clock: clock))
            async let data = stream.prefix(2).reduce(into: []) { $0.append($1.data) }
            try await clock.sleepers(1, within: .seconds(30))
            #expect(clock.advanceToNextSleeper() == .seconds(30))
            try await server.connection(2, on: "/feed")
            try await clock.sleepers(1, within: .seconds(30))
            #expect(clock.advanceToNextSleeper() == .seconds(3_600))
            #expect(try await data == ["one", "two"])
            #expect(server.journal.map(\.startedAt) == [.zero, .seconds(30)])
            #expect(try await server.connection(2, on: "/feed").ended().at == .seconds(3_600))
        }
    }

    // MARK: The transport itself

    private func open(
        _ path: String, on server: MockEventServer,
        limits: FlowControl.Limits = .init(high: 1 << 20, low: 1 << 18, maximum: 1 << 21)
    ) -> ResponseChannel {
        let channel = ResponseChannel(limits: limits, time: TimeSource(ContinuousClock()))
        channel.attach(server.transport.open(URLRequest(url: server.url(path)), into: channel))
        return channel
    }

    /// What comes, chunk by chunk, up to the end.
    private func read(_ channel: ResponseChannel) async -> (chunks: [String], end: String) {
        var texts: [String] = []
        while let part = await channel.next() {
            switch part {
            case .head: break
            case .chunks(let chunks): texts += chunks.map { String(decoding: $0, as: UTF8.self) }
            case .end(.complete, at: _): return (texts, "complete")
            case .end(.failed(let error), at: _): return (texts, "\(error)")
            case .end: return (texts, "another end")
            }
        }
        return (texts, "closed")
    }

    @Test(arguments: [Reply.Framing.chunked, .closeDelimited, .contentLength(100)])
    func everyWriteIsOneChunk(framing: Reply.Framing) async throws {
        try await MockEventServer.run { server in
            let writing: [Step] = [
                .event("one"), .raw("da"), .event("two").cut(afterBytes: 4),
                .event("x").dribbled(4, every: .zero),
            ]
            let isComplete = framing != .contentLength(100)
            let steps = writing + [isComplete ? .end : .drop(.fin)]
            server.script("/", [.stream(steps, framing: framing)])
            let (chunks, end) = await read(open("/", on: server))
            #expect(chunks == ["data: one\n\n", "da", "data", "data", ": x\n", "\n"])
            let closed = "The connection was closed before the answer was complete."
            #expect(end == (isComplete ? "complete" : closed))
            let ending = try await server.connection(1, on: "/").ended()
            #expect((ending.by, ending.cause) == (.server, isComplete ? .complete : .fin))
        }
    }

    @Test(
        arguments: [
            (.refuse, "The connection was reset."),
            (.stream([.drop(.reset)]), "The connection was reset."),
            (.stream([.halfClose]), "The connection was closed before the answer was complete."),
            (.bytes("220 ftp\r\n\r\n"), "The answer is malformed: the head is no HTTP."),
            (
                .bytes("HTTP/1.1 200 OK\r\n"),
                "The connection was closed before the answer was complete."
            ),
            (
                .bytes("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
                "The answer is malformed: the Content-Length is no number."
            ),
            (
                .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"),
                "The answer is malformed: the size of a chunk is no number."
            ),
            (
                .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"),
                "The answer is malformed: a chunk is longer than it says."
            ),
            (
                .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n"),
                "complete"
            ),
            (.bytes("HTTP/1.1 204 No Content\n\n"), "complete"),
        ] as [(Reply, String)])
    func everyEndIsToldApart(reply: Reply, end: String) async throws {
        try await MockEventServer.run { server in
            server.script("/", [reply])
            #expect(await read(open("/", on: server)).end == end)
            try await server.connection(1, on: "/").ended()
        }
    }

    @Test func whatFollowsACompleteAnswerIsReadByNobody() async throws {
        try await MockEventServer.run { server in
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
            server.script("/", [.bytes(steps: [.raw(answer), .gate("complete"), .raw("two")])])
            let channel = open("/", on: server)
            let (chunks, end) = await read(channel)
            #expect((chunks, end) == (["one"], "complete"))
            channel.close()
            server.openGate("complete")
            let ending = try await server.connection(1, on: "/").ended()
            #expect((ending.by, ending.cause) == (.server, .complete))
            #expect(ending.bytesSent == answer.utf8.count + 3)
        }
    }

    @Test func aFullClientHoldsTheScript() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.padding(100), .padding(200), .mark("past"), .end])])
            // The first chunk fills it; the head has been taken by then.
            let channel = open(
                "/", on: server, limits: .init(high: 100, low: 10, maximum: 10_000))
            let connection = try await server.connection(1, on: "/")
            #expect(await channel.next().map { if case .head = $0 { true } else { false } } == true)
            _ = await channel.next()
            // The consumer has the first chunk, and the second waits for its next question.
            try await until { connection.journalEntry.step == 2 }
            #expect(connection.journalEntry.bytesSent == 100)
            let (chunks, end) = await read(channel)
            #expect(chunks.map(\.utf8.count) == [200])
            #expect(end == "complete")
            try await connection.reached("past")
        }
    }

    @Test func closingEndsTheScript() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .hold])])
            let channel = open("/", on: server)
            _ = await channel.next()
            channel.close()
            let ending = try await server.connection(1, on: "/").ended()
            #expect((ending.by, ending.cause) == (.client, .fin))
        }
    }

    @Test func theJournalKeepsNoStream() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one")]), .stream([.hold])])
            weak var complete: ResponseChannel?
            weak var closed: ResponseChannel?
            do {
                let channels = (open("/", on: server), open("/", on: server))
                (complete, closed) = channels
                #expect(await read(channels.0).end == "complete")
                channels.1.close()
            }
            try await until { complete == nil && closed == nil }
            #expect(server.journal.count == 2)
        }
    }

    @Test func stoppingEndsWhatGoesOn() async throws {
        let server = try MockEventServer()
        server.script("/", [.stream([.event("one"), .hold])])
        let channel = open("/", on: server)
        _ = try await server.connection(1, on: "/")
        await server.stop()
        #expect(await read(channel).end.hasPrefix("The connection was closed"))
        let late = await read(open("/", on: server)).end
        #expect(late == "The connection was refused: the mock server was stopped.")
    }

    @Test func aRequestThatComesWhileItStopsIsEnded() async throws {
        let server = try MockEventServer()
        let core = server.core
        // The request is registered, and its session does not know of it yet.
        server.observe { _, change in
            if case .came = change { core.beginStopping() }
        }
        server.script("/", [.stream([.hold])])
        let end = await read(open("/", on: server)).end
        #expect(end.hasPrefix("The connection was closed"))
        await server.stop()
        #expect(server.journal.map(\.ending?.cause) == [.stopped])
    }

    @Test(
        arguments: [
            ("/", RequestParser.bodyLimit + 1, RequestParser.Failure.tooLong),
            ("/" + String(repeating: "x", count: RequestParser.headLimit), 0, .longHead),
        ])
    func aRequestHasTheLimitsOfASocket(
        path: String, body: Int, refusal: RequestParser.Failure
    ) async throws {
        let server = try MockEventServer()
        var request = URLRequest(url: server.url(path))
        request.httpMethod = "POST"
        request.httpBody = Data(repeating: 0x78, count: body)
        for transport in [server.transport, .urlSession] {
            let error = await failure(of: request, over: transport)
            let response = try #require(error?.response)
            #expect(response.status == refusal.status)
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(text == "MockEventServer: \(refusal.text).\n")
        }
        #expect(server.issues.map(\.kind) == [.unreadableRequest, .unreadableRequest])
        #expect(server.journal.isEmpty)
        await server.stop()
    }

    private func failure(
        of request: URLRequest, over transport: any EventTransport
    ) async -> EventStreamError? {
        let stream = EventStream(request, configuration: configuration(transport))
        do throws(EventStreamError) {
            for try await _ in stream {}
            return nil
        } catch {
            return error
        }
    }

    @Test func theRequestIsRecorded() async throws {
        try await MockEventServer.run { server in
            server.script("/a%20b", [.status(204)])
            var request = URLRequest(
                url: try #require(URL(string: "http://prices.test/a%20b?c=%64")))
            request.httpMethod = "POST"
            request.httpBody = Data("body".utf8)
            request.allHTTPHeaderFields = ["X-B": "2", "X-A": "1", "Last-Event-ID": "ü"]
            let channel = ResponseChannel(
                limits: .init(high: 100, low: 10, maximum: 1_000),
                time: TimeSource(ContinuousClock()))
            channel.attach(server.transport.open(request, into: channel))
            let seen = try await server.connection(1, on: "/a%20b").request
            #expect((seen.method, seen.path, seen.query) == ("POST", "/a%20b", "c=%64"))
            #expect(seen.body == Array("body".utf8))
            #expect(seen.lastEventID == "ü")
            #expect(seen.headers["Host"] == "prices.test")
            #expect(seen.headers["Content-Length"] == "4")
            #expect(await read(channel).end == "complete")
        }
    }

    @Test func aChannelWorksInMemory() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room", queueLimit: 1_000)
            let channel = open(
                "/room", on: server, limits: .init(high: 100, low: 10, maximum: 10_000))
            let connection = try #require(try await room.subscribers(atLeast: 1).first)
            #expect(room.send(.padding(100)) == 1)
            #expect(room.send(.padding(200)) == 0)
            #expect(room.send(.padding(900)) == 0)
            #expect(try await connection.ended().cause == .overflow)
            #expect(await read(channel).chunks.map(\.utf8.count) == [100])
        }
    }
}
