import Foundation
import Locking
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    /// A token that has expired is refreshed once, and the stream goes on.
    @Suite(.timeLimit(.minutes(1)))
    struct TokenTests {
        /// What hands out tokens: the nth refresh gives the nth.
        private final class Session: Sendable {
            private let tokens: [String]
            private let refreshes = Protected(0)

            init(_ tokens: [String]) {
                self.tokens = tokens
            }

            var refreshCount: Int { refreshes.withLock { $0 } }

            func token(refreshing: Bool) -> String {
                refreshes.withLock { count in
                    if refreshing { count += 1 }
                    return tokens[min(count, tokens.count - 1)]
                }
            }
        }

        /// As "Getting started" has it.
        private func configuration(
            _ tested: TestedTransport, _ server: MockEventServer, _ session: Session
        ) -> EventStream.Configuration {
            var configuration = tested.configuration(for: server)
            configuration.prepareRequest = { request, attempt in
                let isRefused = attempt.previousFailure?.response?.status == 401
                let token = session.token(refreshing: isRefused)
                request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
            }
            configuration.reconnection?.retryableStatuses.insert(401)
            configuration.reconnection?.maximumAttempts = 3
            return configuration
        }

        private func serve(_ server: MockEventServer, valid token: String) {
            server.handle("/feed") { connection in
                guard connection.request.headers["Authorization"] == "Bearer \(token)" else {
                    return try await connection.respond(.status(401))
                }
                let number = Int(connection.request.lastEventID ?? "0") ?? 0
                guard number < 2 else { return try await connection.respond(.status(204)) }
                try await connection.send(.event("\(number + 1)", id: "\(number + 1)"))
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func itIsRefreshedOnce(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                let session = Session(["old", "new"])
                serve(server, valid: "new")
                let stream = EventStream(
                    url: server.url("/feed"), configuration: configuration(tested, server, session))
                let events = try await stream.all()
                #expect(events.map(\.data) == ["1", "2"])
                #expect(session.refreshCount == 1)
                let sent = server.journal.compactMap(\.status)
                #expect(sent == [401, 200, 200, 204])
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func whoIsLockedOutIsToldSo(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                let session = Session(["old", "new", "newer"])
                serve(server, valid: "none of these")
                let stream = EventStream(
                    url: server.url("/feed"), configuration: configuration(tested, server, session))
                let (error, events) = try await stream.failure()
                #expect((error.code, error.response?.status) == (.refused, 401))
                #expect(error.attempts == 3)
                #expect(events.isEmpty)
                #expect(session.refreshCount == 2)
            }
        }
    }
}
