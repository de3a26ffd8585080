import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    @Suite struct DeliveryTests {
        @Test(arguments: TestedTransport.allCases)
        func anEventArrivesBeforeTheNextIsSent(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream([
                            .event("one"), .gate("first"), .event("two"), .gate("second"), .end,
                        ]),
                        .status(204),
                    ])
                var events = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration(for: server)
                )
                .makeAsyncIterator()
                let first = try await events.next()
                #expect(first?.data == "one")
                server.openGate("first")
                #expect(try await events.next()?.data == "two")
                server.openGate("second")
                #expect(try await events.next() == nil)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aBurstKeepsItsOrder(_ tested: TestedTransport) async throws {
            let burst = (1...2000).map { Step.event("\($0)", id: "\($0)") }
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream(burst), .status(204)])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                let events = try await stream.all()
                #expect(events.map(\.data) == (1...2000).map(String.init))
                let again = try await server.connection(2, on: "/feed")
                #expect(again.request.lastEventID == "2000")
            }
        }

        @Test(
            arguments: TestedTransport.allCases,
            [
                Reply.Framing.chunked, .closeDelimited, .contentLength(15),
            ])
        func everyFramingEndsCleanly(
            _ tested: TestedTransport, framing: Reply.Framing
        ) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed", [.stream([.event("whole"), .raw(":\n"), .end], framing: framing)])
                var configuration = tested.configuration(for: server)
                configuration.reconnection = .never
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let events = try await stream.all()
                #expect(events.map(\.data) == ["whole"])
            }
        }

        @Test(
            arguments: TestedTransport.allCases,
            [
                (Reply.Framing.chunked, Step.drop(.fin)), (.chunked, .drop(.reset)),
                (.contentLength(1000), .drop(.fin)), (.contentLength(1000), .drop(.reset)),
                (.closeDelimited, .drop(.reset)),
            ])
        func aTruncatedAnswerIsAFailure(
            _ tested: TestedTransport, _ truncation: (framing: Reply.Framing, drop: Step)
        ) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream(
                            [.event("one"), .event("two").cut(afterBytes: 8), truncation.drop],
                            framing: truncation.framing)
                    ])
                var configuration = tested.configuration(for: server)
                configuration.reconnection = .never
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let (error, events) = try await stream.failure()
                #expect(error.code == .connectionFailed)
                #expect(error.underlying != nil)
                #expect(events.map(\.data) == ["one"])
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func aRefusedAddressIsAFailure(_ tested: TestedTransport) async throws {
            // Nobody listens on port 1; the port of a stopped server may be another's by now.
            let url = try URL.test("http://user:hidden@127.0.0.1:1/feed?token=hidden")
            let stream = EventStream(url: url, configuration: tested.configuration)
            let (error, _) = try await stream.failure()
            #expect(error.code == .connectionFailed)
            #expect(error.attempts == 3)
            #expect(!"\(error)".contains("hidden"))
        }

        @Test(arguments: TestedTransport.allCases)
        func informationalAnswersAreIgnored(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .bytes(
                            """
                            HTTP/1.1 100 Continue\r\n\r\n\
                            HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n\
                            HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n
                            """)
                    ])
                var configuration = tested.configuration(for: server)
                configuration.reconnection = .never
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                var lines: [String] = []
                for try await update in stream.updates { lines.append(update.line) }
                #expect(lines == ["connecting 1", "open 200", "event one"])
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func manyStreamsAtOnceToOneHost(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [.stream([.event("one"), .gate("all"), .event("two"), .hold]), .repeatLast])
                try await withThrowingTaskGroup(of: [String].self) { group in
                    for _ in 1...30 {
                        let stream = EventStream(
                            url: server.url("/feed"),
                            configuration: tested.configuration(for: server))
                        group.addTask {
                            var data: [String] = []
                            for try await event in stream {
                                data.append(event.data)
                                if data.count == 2 { break }
                            }
                            return data
                        }
                    }
                    _ = try await server.connection(30, on: "/feed")
                    server.openGate("all")
                    for try await data in group { #expect(data == ["one", "two"]) }
                }
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aPostCarriesItsBody(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/chat", [.stream([.event("token"), .event("[DONE]"), .hold])])
                var request = URLRequest(url: server.url("/chat"))
                request.httpMethod = "POST"
                request.httpBody = Data(#"{"stream":true}"#.utf8)
                request.setValue("application/json", forHTTPHeaderField: "Content-Type")
                var configuration = tested.configuration(for: server)
                configuration.reconnection = nil
                configuration.terminator = .data("[DONE]")
                let stream = EventStream(request, configuration: configuration)
                let events = try await stream.all()
                #expect(events.map(\.data) == ["token"])
                let connection = try await server.connection(1, on: "/chat")
                #expect(connection.request.method == "POST")
                #expect(connection.request.body == Array(#"{"stream":true}"#.utf8))
                #expect(connection.request.headers["Content-Type"] == "application/json")
                #expect(try await connection.ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func theRequestIsTheStandards(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream([.event("one", id: "é日本")]), .status(204)])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                let events = try await stream.all()
                #expect(events.count == 1)
                let first = try await server.connection(1, on: "/feed").request
                #expect(first.method == "GET")
                #expect(first.headers["Accept"] == "text/event-stream")
                #expect(first.headers["Cache-Control"] == "no-cache")
                #expect(first.headers["Accept-Encoding"] == "identity")
                #expect(first.lastEventID == nil)
                #expect(try await server.connection(2, on: "/feed").request.lastEventID == "é日本")
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aSlowConsumerLosesNothing(_ tested: TestedTransport) async throws {
            let count = 3000
            let padding = String(repeating: "x", count: 1000)
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.handle("/flood") { connection in
                    let seen = Int(connection.request.lastEventID ?? "0") ?? 0
                    guard seen < count else { return try await connection.respond(.status(204)) }
                    for id in (seen + 1)...count {
                        try await connection.send(.event(padding, id: "\(id)"))
                    }
                }
                var configuration = tested.configuration(for: server)
                configuration.limits.bufferLow = 10_000
                configuration.limits.bufferHigh = 20_000
                configuration.limits.bufferMaximum = 100_000
                let stream = EventStream(url: server.url("/flood"), configuration: configuration)
                var ids: [String] = []
                for try await event in stream {
                    ids.append(event.lastEventID)
                    // A consumer slower than the server, at every event.
                    for _ in 1...20 { await Task.yield() }
                }
                #expect(ids == (1...count).map(String.init))
            }
        }
    }
}
