import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    /// What a redirect takes along, as the server at its end sees it.
    @Suite struct RedirectSecretTests {
        private static let secrets = ["Authorization", "Cookie", "Proxy-Authorization", "X-Secret"]

        private func url(_ server: MockEventServer, user: String = "me:pw@") throws -> URL {
            try #require(URL(string: "http://\(user)127.0.0.1:\(server.port)/feed"))
        }

        private func configuration(_ tested: TestedTransport) -> EventStream.Configuration {
            var configuration = tested.configuration
            configuration.headers = [
                "Cookie": "a=b", "Proxy-Authorization": "Basic x", "X-Secret": "s", "X-P": "p",
            ]
            configuration.secretHeaders = ["x-secret"]
            return configuration
        }

        /// The user of the URL is sent as `Authorization`.
        @Test(arguments: TestedTransport.allCases)
        func anotherOriginGetsNone(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                try await MockEventServer.run(waitLimit: .seconds(30)) { other in
                    server.script("/feed", [.redirect(307, to: "\(other.url("/feed"))")])
                    other.script("/feed", [.status(204)])
                    var request = URLRequest(url: try url(server))
                    request.httpMethod = "POST"
                    request.httpBody = Data("body".utf8)
                    let stream = EventStream(request, configuration: configuration(tested))
                    let events = try await stream.all()
                    #expect(events.isEmpty)
                    let first = try await server.connection(1, on: "/feed").request
                    let second = try await other.connection(1, on: "/feed").request
                    for name in Self.secrets {
                        #expect(first.headers[name] != nil)
                        #expect(second.headers[name] == nil)
                    }
                    #expect(second.headers["X-P"] == "p")
                    #expect(second.method == "POST")
                    #expect(second.body == Array("body".utf8))
                }
            }
        }

        @Test(arguments: TestedTransport.allCases, ["/other", "http://127.0.0.1:PORT/other"])
        func theSameOriginGetsThem(_ tested: TestedTransport, location: String) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                let location = location.replacing("PORT", with: "\(server.port)")
                server.script("/feed", [.redirect(to: location)])
                server.script("/other", [.status(204)])
                let stream = EventStream(
                    url: try url(server), configuration: configuration(tested))
                let events = try await stream.all()
                #expect(events.isEmpty)
                let request = try await server.connection(1, on: "/other").request
                for name in Self.secrets { #expect(request.headers[name] != nil) }
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aLocationWithAUserIsAnError(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed", [.redirect(to: "http://me:pw@127.0.0.1:\(server.port)/other")])
                let stream = EventStream(
                    url: try url(server, user: ""), configuration: configuration(tested))
                let (error, _) = try await stream.failure()
                #expect(error.code == .badRedirect)
                #expect(server.journal.count == 1)
            }
        }

        @Test(arguments: TestedTransport.allCases, ["/feed", "/other"])
        func aLoopIsAnError(_ tested: TestedTransport, back: String) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.redirect(to: back), .repeatLast])
                if back != "/feed" {
                    server.script(back, [.redirect(308, to: "/feed"), .repeatLast])
                }
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                let (error, _) = try await stream.failure()
                #expect(error.code == .badRedirect)
                #expect(server.journal.count == 21)
            }
        }
    }
}
