import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    /// A request that may be sent only once is resumed by another one, as "Streaming LLM answers" has
    /// it.
    @Suite struct ResumingTests {
        private func post(_ server: MockEventServer, over tested: TestedTransport) -> EventStream {
            var request = URLRequest(url: server.url("/mcp"))
            request.httpMethod = "POST"
            request.httpBody = Data("{}".utf8)
            var configuration = tested.configuration(for: server)
            configuration.prepareRequest = { request, attempt in
                guard let failure = attempt.previousFailure else { return }
                guard !attempt.lastEventID.isEmpty else { throw failure }
                request.httpMethod = "GET"
                request.httpBody = nil
            }
            return EventStream(request, configuration: configuration)
        }

        @Test(arguments: TestedTransport.allCases, [Step.end, .drop(.fin)])
        func aPostIsResumedByAGet(_ tested: TestedTransport, end: Step) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/mcp",
                    [
                        .stream([.event("", id: "1"), end]), .stream([end]),
                        .stream([.event("answer", id: "2"), .hold]),
                    ])
                let stream = post(server, over: tested)
                let answer = try await stream.first { !$0.data.isEmpty }
                #expect(answer?.data == "answer")
                let requests = server.journal.map(\.request)
                #expect(requests.map(\.method) == ["POST", "GET", "GET"])
                #expect(requests.map(\.lastEventID) == [nil, "1", "1"])
                #expect(requests.map(\.body) == [Array("{}".utf8), [], []])
                #expect(requests.dropFirst().allSatisfy { $0.headers["Content-Length"] == nil })
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func withoutAnIDItIsNotSentAgain(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/mcp", [.stream([.event("half"), .end])])
                let (error, events) = try await post(server, over: tested).failure()
                #expect(events.map(\.data) == ["half"])
                #expect(error.code == .prepareFailed)
                #expect((error.underlying as? EventStreamError)?.code == .connectionFailed)
                #expect(server.journal.count == 1)
            }
        }
    }
}
