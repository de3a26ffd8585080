import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    /// No text from a server or a caller becomes a line of its own in a request.
    @Suite struct InjectionTests {
        private func isClean(_ request: MockServer.Request) -> Bool {
            !request.headers.contains { $0.name.lowercased().contains("injected") }
                && request.body.isEmpty && request.method == "GET"
        }

        /// What a server says its ID is, and what it is then.
        @Test(
            arguments: TestedTransport.overSockets,
            [
                ("1\rX-Injected: y", "1"), ("1\nX-Injected: y", "1"),
                ("1\r\nX-Injected: y\r\n\r\nGET /x HTTP/1.1", "1"), ("1\u{0}\rX-Injected: y", nil),
                ("1%0D%0AX-Injected: y", "1%0D%0AX-Injected: y"),
                ("1\u{85}X-Injected: y\u{2028}é", "1\u{85}X-Injected: y\u{2028}é"),
            ])
        func anEventIDIsOneField(_ tested: TestedTransport, id: (sent: String, kept: String?))
            async throws
        {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [.stream([.raw("id: \(id.sent)\ndata: one\n\n"), .end]), .status(204)])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                _ = try await stream.all()
                let request = try await server.connection(2, on: "/feed").request
                #expect(isClean(request))
                #expect(request.headers["Last-Event-ID"] == id.kept)
                #expect(server.journal.count == 2)
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func aURLIsOneLine(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                let path = "/feed%20HTTP/1.1%0D%0AX-Injected:%20y%0D%0A%0D%0A"
                server.script(path, [.status(204)])
                // Foundation encodes what cannot stand in a URL.
                let url = try #require(
                    URL(
                        string: "http://127.0.0.1:\(server.port)"
                            + "/feed HTTP/1.1\r\nX-Injected: y\r\n\r\n"))
                let stream = EventStream(url: url, configuration: tested.configuration)
                _ = try await stream.all()
                let request = try await server.connection(1, on: path).request
                #expect(isClean(request))
                #expect(server.journal.count == 1)
            }
        }

        @Test(arguments: TestedTransport.overSockets, ["%0D%0A", " ", "\t", "\r", "\u{1}"])
        func aLocationIsOneLine(_ tested: TestedTransport, separator: String) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .bytes(
                            "HTTP/1.1 302 X\r\nContent-Length: 0\r\n"
                                + "Location: /x?HTTP/1.1\(separator)X-Injected: y\r\n\r\n"),
                        .repeatLast,
                    ])
                server.handle("/x") { try await $0.respond(.status(204)) }
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                // A transport may refuse such a head, and the stream ask three times.
                _ = try? await stream.all()
                for entry in server.journal { #expect(isClean(entry.request)) }
                let isRead = Libcurl.isVersion7 || separator == "%0D%0A"
                #expect(isRead ? server.journal.count == 2 : server.journal.count <= 3)
            }
        }

        /// Refused before a connection is made: the rest is in `RequestTests`.
        @Test(arguments: TestedTransport.overSockets)
        func whatACallerSetsIsChecked(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                var configuration = tested.configuration
                configuration.prepareRequest = { request, attempt in
                    request.allHTTPHeaderFields?["Last-Event-ID"] = "1\r\nX-Injected: y"
                }
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let (error, _) = try await stream.failure()
                #expect(error.code == .invalidRequest)
                #expect(server.journal.isEmpty)
            }
        }
    }
}
