import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// A server that asks who one is gets no answer to that: it is the caller who knows.
    @Suite struct ChallengeTests {
        static let challenges = [
            "Basic realm=\"feed\"", "Digest realm=\"feed\", nonce=\"n\", qop=\"auth\"", "Negotiate",
            "NTLM", "Bearer", "Negotiate, NTLM, Basic realm=\"feed\"", "",
        ]

        @Test(arguments: TestedTransport.allCases, challenges)
        func aChallengeIsARefusal(_ tested: TestedTransport, challenge: String) async throws {
            let error = try await failure(
                401, ["WWW-Authenticate": challenge], user: "", over: tested)
            #expect(error.response?.headers["www-authenticate"] ?? "" == challenge)
        }

        /// The user of the URL is sent once and for all, not whenever a server asks again.
        @Test(arguments: TestedTransport.allCases, challenges)
        func aChallengeToAUserIsARefusal(
            _ tested: TestedTransport, challenge: String
        ) async throws {
            _ = try await failure(
                401, ["WWW-Authenticate": challenge], user: "me:pw@", over: tested)
        }

        @Test(arguments: TestedTransport.allCases)
        func aProxysChallengeIsARefusal(_ tested: TestedTransport) async throws {
            _ = try await failure(
                407, ["Proxy-Authenticate": "Basic realm=\"feed\""], user: "", over: tested)
        }

        private func failure(
            _ status: Int, _ headers: Headers, user: String, over tested: TestedTransport
        ) async throws -> EventStreamError {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed", [.status(status, headers: headers, body: "who?"), .repeatLast])
                let url = try #require(
                    URL(string: "http://\(user)127.0.0.1:\(server.port)/feed"))
                let stream = EventStream(url: url, configuration: tested.configuration)
                let (error, _) = try await stream.failure()
                #expect(error.code == .refused)
                #expect(error.response?.status == status)
                #expect(error.response?.text == "who?")
                #expect(server.journal.count == 1)
                return error
            }
        }
    }
}
