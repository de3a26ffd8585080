import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    /// Header fields of answers and requests at the edges of what is allowed.
    @Suite struct HeadTests {
        private func head(
            _ text: String, over tested: TestedTransport
        ) async throws -> ResponseHead? {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.bytes(text + "data: one\n\n")])
                var configuration = tested.configuration
                configuration.reconnection = .never
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                var head: ResponseHead?
                for try await update in stream.updates {
                    if case .open(let opened) = update { head = opened }
                }
                return head
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func fieldsAreReadWithoutTheSpaceAroundThem(_ tested: TestedTransport) async throws {
            let head = try await head(
                """
                HTTP/1.1 200 OK\r\nCONTENT-type:  text/event-stream \r\nX-Empty: \r\n\
                X-Colon: a:b\r\nX-Text: é\r\n\r\n
                """, over: tested)
            #expect(head?.headers["x-colon"] == "a:b")
            #expect(head?.headers["X-Text"] == "é")
            #expect(head?.headers["X-Empty"] ?? "" == "")
        }

        @Test(arguments: TestedTransport.overSockets)
        func fieldsOfOneNameAreJoined(_ tested: TestedTransport) async throws {
            let head = try await head(
                """
                HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-A: 1\r\nx-a: 2\r\n\r\n
                """, over: tested)
            let values = head?.headers["X-A"]?.split(separator: ",").map {
                $0.filter { $0 != " " }
            }
            // URLSession on Linux gives them in any order.
            #expect(values?.sorted() == ["1", "2"])
        }

        @Test(arguments: TestedTransport.overSockets)
        func aLongFieldIsRead(_ tested: TestedTransport) async throws {
            let text = String(repeating: "x", count: 50_000)
            let head = try await head(
                "HTTP/1.1 200 OK\r\nX-Long: \(text)\r\nContent-Type: text/event-stream\r\n\r\n",
                over: tested)
            #expect(head?.headers["X-Long"] == text)
        }

        @Test(arguments: TestedTransport.overSockets, ["HEAD", "PUT", "DELETE", "REPORT"])
        func theMethodIsTheOneThatWasGiven(_ tested: TestedTransport, method: String) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.status(204)])
                var request = URLRequest(url: server.url("/feed"))
                request.httpMethod = method
                let stream = EventStream(request, configuration: tested.configuration)
                let events = try await stream.all()
                #expect(events.isEmpty)
                #expect(try await server.connection(1, on: "/feed").request.method == method)
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func theFieldsAreTheOnesThatWereGiven(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.status(204)])
                var configuration = tested.configuration
                configuration.headers = [
                    "X-Empty": "", "X-Colon": "a: b; c", "X-Text": "é日本", "Accept": "text/*",
                    "User-Agent": "mine/1",
                ]
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let events = try await stream.all()
                #expect(events.isEmpty)
                let headers = try await server.connection(1, on: "/feed").request.headers
                #expect(headers["X-Empty"] == "")
                #expect(headers["X-Colon"] == "a: b; c")
                #expect(headers["X-Text"] == "é日本")
                #expect(headers["Accept"] == "text/*")
                #expect(headers["User-Agent"] == "mine/1")
                #expect(headers.count { $0.name.lowercased() == "host" } == 1)
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func aLargeBodyIsSentWhole(_ tested: TestedTransport) async throws {
            let body = Data((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.status(204)])
                var request = URLRequest(url: server.url("/feed"))
                request.httpMethod = "POST"
                request.httpBody = body
                let stream = EventStream(request, configuration: tested.configuration)
                let events = try await stream.all()
                #expect(events.isEmpty)
                #expect(try await server.connection(1, on: "/feed").request.body == Array(body))
            }
        }
    }
}
