import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Answers that are streamed once, in the formats of services that are documented.
@Suite struct OneShotTests {
    private static let question = Array(#"{"stream": true}"#.utf8)

    private func stream(
        _ server: MockEventServer, method: String = "POST",
        endingWith terminator: EventStream.Terminator, over tested: TestedTransport = .memory,
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) -> EventStream {
        var configuration = EventStream.Configuration.oneShot(endingWith: terminator)
        configuration.transport = tested.transport(for: server)
        configure(&configuration)
        var request = URLRequest(url: server.url("/answers"))
        request.httpMethod = method
        if method != "GET" { request.httpBody = Data(Self.question) }
        return EventStream(request, configuration: configuration)
    }

    // MARK: Chunks of JSON, and data that end them

    private struct Chunk: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable { let content: String? }

            let delta: Delta
        }

        let choices: [Choice]

        var text: String { choices.compactMap(\.delta.content).joined() }
    }

    private func chunk(_ delta: String, _ reason: String = "null") -> Step {
        .event(
            """
            {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1694268190,\
            "model":"m","choices":[{"index":0,"delta":\(delta),"logprobs":null,\
            "finish_reason":\(reason)}]}
            """)
    }

    private var chunks: [Step] {
        [
            chunk(#"{"role":"assistant","content":""}"#), chunk(#"{"content":"Hel"}"#),
            chunk(#"{"content":"lo"}"#), chunk("{}", #""stop""#),
        ]
    }

    private func text(_ stream: EventStream) async -> (text: String, error: EventStreamError?) {
        var text = ""
        do throws(EventStreamError) {
            for try await chunk in stream.decode(Chunk.self) { text += chunk.text }
            return (text, nil)
        } catch {
            return (text, error)
        }
    }

    @Test(arguments: TestedTransport.allCases)
    func chunksAreReadUpToTheLast(_ tested: TestedTransport) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script("/answers", [.stream(chunks + [.event("[DONE]"), .end])])
            let stream = stream(server, endingWith: .data("[DONE]"), over: tested)
            let (text, error) = await text(stream)
            #expect(text == "Hello")
            #expect(error == nil)
            let request = try await server.connection(1, on: "/answers").request
            #expect(request.method == "POST")
            #expect(request.body == Self.question)
            #expect(server.journal.count == 1)
        }
    }

    /// Some services keep the connection: the stream closes it.
    @Test func theEndOfTheConnectionIsNotWaitedFor() async throws {
        try await MockEventServer.run { server in
            server.script("/answers", [.stream(chunks + [.event("[DONE]"), .hold])])
            let (text, error) = await text(stream(server, endingWith: .data("[DONE]")))
            #expect(text == "Hello")
            #expect(error == nil)
            let ending = try await server.connection(1, on: "/answers").ended()
            #expect(ending.by == .client)
        }
    }

    /// Some gateways close right behind the last line, or even before its end.
    @Test(arguments: TestedTransport.allCases, ["data: [DONE]\n", "data: [DONE]", "data:[DONE]\r"])
    func theLastEventNeedsNoBlankLine(_ tested: TestedTransport, last: String) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script("/answers", [.stream(chunks + [.raw(last), .end])])
            let stream = stream(server, endingWith: .data("[DONE]"), over: tested) {
                $0.reconnection = .default
            }
            let (text, error) = await text(stream)
            #expect(text == "Hello")
            #expect(error == nil)
            #expect(server.journal.count == 1)
        }
    }

    /// Neither does another event count, nor a lost connection.
    @Test(arguments: [
        [Step.raw("data: [DONE\n"), .end], [.raw("data: [DONE]\ndata: x"), .end],
        [.raw("event: [DONE]\n"), .end], [.raw("data: [DONE]\n"), .drop(.fin)],
    ])
    func anythingElseIsTruncated(last: [Step]) async throws {
        try await MockEventServer.run { server in
            server.script("/answers", [.stream(chunks + last)])
            let (text, error) = await text(stream(server, endingWith: .data("[DONE]")))
            #expect(text == "Hello")
            #expect(error?.code == .truncated)
        }
    }

    @Test(arguments: ["POST", "GET"], [Step.end, .drop(.fin), .drop(.reset)])
    func anEarlyEndIsTruncated(method: String, end: Step) async throws {
        try await MockEventServer.run { server in
            server.script("/answers", [.stream(Array(chunks.prefix(2)) + [end])])
            let stream = stream(server, method: method, endingWith: .data("[DONE]"))
            let (text, error) = await text(stream)
            #expect(text == "Hel")
            #expect(error?.code == .truncated)
            #expect((error?.underlying != nil) == (end != .end))
            #expect(server.journal.count == 1)
        }
    }

    @Test(arguments: TestedTransport.overSockets)
    func aLostConnectionIsTruncated(_ tested: TestedTransport) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script("/answers", [.stream(chunks + [.drop(.fin)])])
            let stream = stream(server, endingWith: .data("[DONE]"), over: tested)
            let (text, error) = await text(stream)
            #expect(text == "Hello")
            #expect(error?.code == .truncated)
            #expect(server.journal.count == 1)
        }
    }

    @Test(arguments: [Step.end, .drop(.fin), .drop(.reset)])
    func onlyWhatWasRefusedIsAskedAgain(end: Step) async throws {
        try await MockEventServer.run { server in
            server.script(
                "/answers",
                [
                    .status(429, retryAfter: .zero), .status(503),
                    .stream([.retry(.zero)] + chunks.prefix(2) + [end]),
                ])
            let stream = stream(server, endingWith: .data("[DONE]")) {
                $0.reconnection = .onlyRefusals
                $0.reconnection?.baseDelay = .zero
                $0.reconnection?.minimumDelay = .zero
            }
            let (text, error) = await text(stream)
            #expect(text == "Hel")
            #expect(error?.code == .truncated)
            #expect((error?.underlying != nil) == (end != .end))
            #expect(server.journal.count == 3)
        }
    }

    /// Refused too often, refused for good, or lost before it was answered, when it may have been taken.
    @Test(
        arguments: [
            ([.status(503), .status(429), .status(503)], 503),
            ([.status(502)], 502), ([.refuse], nil), ([.bytes("HTTP/1.1 2")], nil),
        ] as [([Reply], Int?)])
    func nothingElseIsAskedAgain(replies: [Reply], status: Int?) async throws {
        try await MockEventServer.run { server in
            server.script("/answers", replies)
            let stream = stream(server, endingWith: .data("[DONE]"), over: .urlSession) {
                $0.reconnection = .onlyRefusals
                $0.reconnection?.baseDelay = .zero
                $0.reconnection?.minimumDelay = .zero
            }
            let error = await text(stream).error
            #expect(error?.code == (status == nil ? .connectionFailed : .refused))
            #expect(error?.response?.status == status)
            #expect(server.journal.count == replies.count)
        }
    }

    /// A review can say the same of any policy.
    @Test(arguments: [Step.end, .drop(.fin)])
    func whatAReviewGivesUpIsTruncated(end: Step) async throws {
        try await MockEventServer.run { server in
            server.script(
                "/answers", [.status(429, retryAfter: .zero), .stream(chunks.prefix(2) + [end])])
            let stream = stream(server, endingWith: .data("[DONE]")) {
                $0.reconnection = .default
                $0.reconnection?.minimumDelay = .zero
                $0.reconnection?.retryableStatuses = [429]
                $0.reviewReconnection = { $0.reason.code == .refused ? $0.retryAfter : nil }
            }
            let (text, error) = await text(stream)
            #expect(text == "Hel")
            #expect(error?.code == .truncated)
            #expect((error?.underlying != nil) == (end != .end))
            #expect(server.journal.count == 2)
        }
    }

    @Test func noAnswerIsNotTruncated() async throws {
        try await MockEventServer.run { server in
            server.script("/answers", [.refuse])
            let (_, error) = await text(stream(server, endingWith: .data("[DONE]")))
            #expect(error?.code == .connectionFailed)
            #expect(server.journal.count == 1)
        }
    }

    // MARK: Named events

    private struct Refusal: Decodable {
        struct Problem: Decodable, Hashable {
            let type: String
            let message: String
        }

        let error: Problem
    }

    private struct Delta: Decodable {
        struct Text: Decodable { let text: String? }

        let delta: Text
    }

    private enum Piece: Hashable, Sendable {
        case text(String)
        case error(String)
    }

    private let router = EventRouter<Piece>()
        .on("content_block_delta") { (piece: Delta) in .text(piece.delta.text ?? "") }
        .on("error") { (refusal: Refusal) in .error(refusal.error.type) }

    private var message: [Step] {
        [
            .event(
                #"{"type": "message_start", "message": {"id": "msg_1", "content": []}}"#,
                type: "message_start"),
            .event(
                """
                {"type": "content_block_start", "index": 0, \
                "content_block": {"type": "text", "text": ""}}
                """, type: "content_block_start"),
            .event(#"{"type": "ping"}"#, type: "ping"),
            delta("Hel"), delta("lo"),
        ]
    }

    private func delta(_ text: String) -> Step {
        .event(
            """
            {"type": "content_block_delta", "index": 0, \
            "delta": {"type": "text_delta", "text": "\(text)"}}
            """, type: "content_block_delta")
    }

    private let messageEnd: [Step] = [
        .event(#"{"type": "content_block_stop", "index": 0}"#, type: "content_block_stop"),
        .event(
            #"{"type": "message_delta", "delta": {"stop_reason": "end_turn"}}"#,
            type: "message_delta"),
        .event(#"{"type": "message_stop"}"#, type: "message_stop"), .end,
    ]

    private func lines(_ stream: EventStream) async -> [String] {
        await stream.route(router).lines { piece in
            switch piece {
            case .text(let text): text
            case .error(let type): "error \(type)"
            }
        }
    }

    @Test(arguments: TestedTransport.allCases)
    func namedEventsAreReadUpToTheLast(_ tested: TestedTransport) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script("/answers", [.stream(message + messageEnd)])
            let stream = stream(server, endingWith: .type("message_stop"), over: tested)
            #expect(await lines(stream) == ["Hel", "lo"])
            let connection = try await server.connection(1, on: "/answers")
            #expect(connection.request.body == Self.question)
        }
    }

    /// What an error in the middle means is the caller's to say.
    @Test func anErrorEventIsAnEvent() async throws {
        let error = #"{"type": "error", "error": {"type": "overloaded_error", "message": "Busy"}}"#
        try await MockEventServer.run { server in
            server.script("/answers", [.stream(message + [.event(error, type: "error"), .end])])
            let stream = stream(server, endingWith: .type("message_stop"))
            let lines = await lines(stream)
            #expect(lines == ["Hel", "lo", "error overloaded_error", "truncated"])
            #expect(server.journal.count == 1)
        }
    }

    // MARK: Refusals

    @Test(arguments: [400, 401, 429, 500, 503, 529])
    func aRefusalIsDecodedAndNotRetried(status: Int) async throws {
        let body = #"{"type": "error", "error": {"type": "a", "message": "b"}}"#
        try await MockEventServer.run { server in
            server.script(
                "/answers",
                [
                    .status(
                        status, headers: ["Content-Type": "application/json"], body: body,
                        retryAfter: .seconds(1))
                ])
            let (_, error) = await text(stream(server, endingWith: .data("[DONE]")))
            #expect(error?.code == .refused)
            let refusal = try error?.response?.decode(Refusal.self)
            #expect(refusal?.error == Refusal.Problem(type: "a", message: "b"))
            #expect(server.journal.count == 1)
        }
    }

    @Test func aBodyThatCannotBeDecodedIsAnError() throws {
        let response = EventStreamError.Response(
            ResponseHead(status: 502), body: Array(#"{"error": "bad gateway"}"#.utf8))
        let error = try #require(throws: EventStreamError.self) {
            try response.decode(Refusal.self)
        }
        #expect(error.code == .decodingFailed)
        #expect(error.response == response)
        #expect(error.underlying is DecodingError)
        #expect(
            error.message == """
                The body of the answer with status 502 cannot be decoded as Refusal, as `error` is \
                no Dictionary<String, Any>: compare the error's `response` with that type.
                """)
        #expect("\(error)" == error.message)
    }
}
