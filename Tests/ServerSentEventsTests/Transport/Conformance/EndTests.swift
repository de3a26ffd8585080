import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    /// However a connection ends, another one follows after the reconnection time.
    @Suite struct EndTests {
        private let clock = ImmediateClock()

        enum End: CaseIterable {
            case lastChunk, fin, shortBody, missingChunk, reset, resetBeforeTheHead

            var reply: Reply {
                let one = Step.event("one", id: "1", retry: .milliseconds(250))
                let part = Step.raw("id: 2\ndata: tw")
                return switch self {
                case .lastChunk: .stream([one, part, .end])
                case .fin: .stream([one, part, .end], framing: .closeDelimited)
                case .shortBody: .stream([one, part, .drop(.fin)], framing: .contentLength(500))
                case .missingChunk: .stream([one, part, .drop(.fin)])
                case .reset: .stream([one, part, .drop(.reset)])
                case .resetBeforeTheHead: .refuse
                }
            }
        }

        @Test(arguments: TestedTransport.allCases, End.allCases)
        func anotherConnectionFollows(_ tested: TestedTransport, _ end: End) async throws {
            let hasOpened = end != .resetBeforeTheHead
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed", [end.reply, .stream([.event("two", id: "2")]), .status(204)])
                let stream = EventStream(
                    url: server.url("/feed"),
                    configuration: tested.configuration(for: server, clock: clock))
                let data = try await stream.all().map(\.data)
                #expect(data == (hasOpened ? ["one", "two"] : ["two"]))
                #expect(
                    server.journal.map(\.request.lastEventID) == [nil, hasOpened ? "1" : nil, "2"])
                let delay = hasOpened ? Duration.milliseconds(250) : .seconds(3)
                #expect(clock.sleeps.first == delay)
                #expect(clock.sleeps.count == 2)
            }
        }

        /// On a connection that another answer has left, libcurl would send it again of its own accord.
        @Test(
            arguments: TestedTransport.allCases,
            [("POST", ""), ("POST", "body"), ("PUT", "body"), ("DELETE", "")])
        func aRequestThatMayHaveAnEffectIsSentOnce(
            _ tested: TestedTransport, _ request: (method: String, body: String)
        ) async throws {
            let (method, body) = request
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                let drop = Reply.bytes(steps: [.drop(.fin)])
                server.script("/feed", [.stream([.event("one")]), drop])
                var configuration = tested.configuration(for: server, clock: clock)
                configuration.reconnection = .never
                let url = server.url("/feed")
                let before = try await EventStream(url: url, configuration: configuration).all()
                #expect(before.map(\.data) == ["one"])
                var request = URLRequest(url: url)
                request.httpMethod = method
                request.httpBody = Data(body.utf8)
                let (error, _) = try await EventStream(request, configuration: configuration)
                    .failure()
                #expect(error.code == .connectionFailed)
                #expect(server.journal.map(\.request.method) == ["GET", method])
                #expect(server.journal.last?.request.body == Array(body.utf8))
            }
        }

        @Test(
            arguments: TestedTransport.overSockets,
            [
                "http://127.0.0.1:1/feed",  // nobody listens there
                "http://nowhere..invalid/feed",  // no name server is asked for an empty label
            ])
        func anAddressThatCannotBeReachedIsTriedAgain(
            _ tested: TestedTransport, address: String
        ) async throws {
            let url = try URL.test(address)
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.status(204)])
                var configuration = EventStream.Configuration.test(tested.transport, clock: clock)
                configuration.prepareRequest = { request, attempt in
                    if attempt.number <= 2 { request.url = url }
                }
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let events = try await stream.all()
                #expect(events.isEmpty)
                #expect(clock.sleeps == [.seconds(3), .seconds(6)])
            }
        }
    }
}
