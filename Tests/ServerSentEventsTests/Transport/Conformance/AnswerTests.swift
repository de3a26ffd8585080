import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    @Suite struct AnswerTests {
        @Test(arguments: TestedTransport.allCases)
        func aRefusalCarriesStatusHeadersAndBody(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed", [.status(403, headers: ["X-Reason": "quota"], body: "no more today")])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                let (error, _) = try await stream.failure()
                #expect(error.code == .refused)
                #expect(error.response?.status == 403)
                #expect(error.response?.headers["x-reason"] == "quota")
                #expect(error.response?.text == "no more today")
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func anOverloadedServerIsAskedAgainWhenItSays(_ tested: TestedTransport) async throws {
            let clock = ImmediateClock()
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed", [.status(503, retryAfter: .seconds(7)), .status(429), .status(204)])
                let stream = EventStream(
                    url: server.url("/feed"),
                    configuration: .test(tested.transport(for: server), clock: clock))
                let events = try await stream.all()
                #expect(events.isEmpty)
                #expect(clock.sleeps == [.seconds(7), .seconds(6)])
            }
        }

        @Test(arguments: TestedTransport.allCases, [301, 302, 303, 307, 308])
        func aRedirectIsFollowed(_ tested: TestedTransport, status: Int) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed/old", [.redirect(status, to: "new?x=1")])
                server.script("/feed/new", [.stream([.event("one", id: "1"), .hold])])
                let stream = EventStream(
                    url: server.url("/feed/old"), configuration: tested.configuration(for: server))
                for try await event in stream {
                    #expect(event.data == "one")
                    break
                }
                #expect(try await server.connection(1, on: "/feed/new").request.query == "x=1")
            }
        }

        @Test(arguments: TestedTransport.allCases, ["", "ftp://127.0.0.1/"])
        func aRedirectToNowhereIsAnError(_ tested: TestedTransport, location: String) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .bytes(
                            "HTTP/1.1 302 Found\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n"
                        )
                    ])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                let (error, _) = try await stream.failure()
                #expect(error.code == .badRedirect)
                #expect(error.response?.status == 302)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aRedirectWithoutALocationIsAnError(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.status(301)])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                let (error, _) = try await stream.failure()
                #expect(error.code == .badRedirect)
                #expect(error.response?.status == 301)
            }
        }

        @Test(arguments: TestedTransport.allCases, [300, 304, 305, 306])
        func otherRedirectionsAreRefused(_ tested: TestedTransport, status: Int) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.status(status, headers: ["Location": "/other"])])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                let (error, _) = try await stream.failure()
                #expect(error.code == .refused)
                #expect(error.response?.status == status)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func cookiesAreNeitherStoredNorSent(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream([.event("one")], headers: ["Set-Cookie": "a=b; Path=/"]),
                        .status(204),
                    ])
                var configuration = tested.configuration(for: server)
                configuration.headers = ["Cookie": "mine=1"]
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let events = try await stream.all()
                #expect(events.count == 1)
                #expect(
                    try await server.connection(2, on: "/feed").request.headers["Cookie"]
                        == "mine=1")
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func switchingProtocolsIsARefusal(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.bytes("HTTP/1.1 101 X\r\nUpgrade: y\r\n\r\n")])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                let (error, _) = try await stream.failure()
                #expect(error.code == .refused)
                #expect(error.response?.status == 101)
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func cookiesAreStoredAndSentIfAskedFor(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream([.event("one")], headers: ["Set-Cookie": "a=b; Path=/"]),
                        .status(204),
                    ])
                // The storage is the process's: what an earlier run left must not be sent.
                HTTPCookieStorage.shared.removeCookies(since: .distantPast)
                var configuration = tested.configuration
                configuration.credentials = .include
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let events = try await stream.all()
                #expect(events.count == 1)
                #expect(
                    try await server.connection(1, on: "/feed").request.headers["Cookie"] == nil)
                #expect(
                    try await server.connection(2, on: "/feed").request.headers["Cookie"] == "a=b")
            }
        }
    }
}
