import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Answers that are compressed, though nobody asked for that.
    @Suite struct CodingTests {
        private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"

        private func failure(
            _ reply: Reply, over tested: TestedTransport, headers: [String: String] = [:]
        ) async throws -> EventStreamError {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [reply])
                var configuration = tested.configuration
                configuration.headers = headers
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let (error, events) = try await stream.failure()
                #expect(events.isEmpty)
                #expect(server.journal.count == 1, "to ask again is of no use")
                let connection = try await server.connection(1, on: "/feed")
                #expect(
                    connection.request.headers["Accept-Encoding"]
                        == headers["Accept-Encoding"] ?? "identity")
                #expect(try await connection.ended().by == .client)
                return error
            }
        }

        @Test(
            arguments: TestedTransport.overSockets,
            [
                ("gzip", "gzip"), ("br", "br"), ("deflate", "deflate"), ("x-unknown", "x-unknown"),
                ("GZIP, identity", "gzip"), ("identity,\tgzip", "gzip"), ("gzip, br", "gzip, br"),
            ])
        func aContentCodingIsAnError(
            _ tested: TestedTransport, _ names: (coding: String, told: String)
        ) async throws {
            let (coding, told) = names
            let head = Self.head + "Content-Encoding: \(coding)\r\n\r\n"
            let error = try await failure(
                .bytes(steps: [.raw(head + "data: one\n\n"), .hold]), over: tested)
            #expect(error.code == .wrongCoding)
            #expect(error.message.contains("compressed (\"\(told)\")"))
            #expect(error.response?.headers["content-encoding"] == coding)
            #expect(error.response?.body == [])
        }

        @Test(arguments: TestedTransport.overSockets, [[:], ["Accept-Encoding": "gzip"]])
        func itIsOneHoweverItCame(
            _ tested: TestedTransport, headers: [String: String]
        ) async throws {
            let error = try await failure(
                .gzip([.event("one"), .hold]), over: tested, headers: headers)
            #expect(error.code == .wrongCoding)
        }

        /// Of what could be a bomb nothing is read, whatever would become of it.
        @Test(arguments: TestedTransport.overSockets, [200, 404])
        func anEndlessBodyIsLeft(_ tested: TestedTransport, status: Int) async throws {
            let head = "HTTP/1.1 \(status) X\r\nContent-Type: text/event-stream\r\n"
            let error = try await failure(
                .bytes(
                    steps: [
                        .raw(head + "Content-Encoding: gzip\r\n\r\n"),
                        .raw([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]),
                        // A stored block of 65,535 zeros, and the next.
                        .raw([0, 0xFF, 0xFF, 0, 0] + Array(repeating: 0, count: 65_535))
                            .repeated(20_000),
                        .hold,
                    ]), over: tested, headers: [:])
            #expect(error.code == (status == 200 ? .wrongCoding : .refused))
            #expect(error.response?.status == status)
            #expect(error.response?.body == [])
        }

        @Test(
            .enabled(
                if: Libcurl.isVersion7, "this libcurl refuses such an answer unseen"),
            arguments: TestedTransport.overSockets,
            [
                ("gzip", "gzip"), ("gzip, chunked", "gzip"), ("x-unknown", "x-unknown"),
                ("chunked, deflate", "deflate"),
            ])
        func aTransferCodingIsAnError(
            _ tested: TestedTransport, _ names: (coding: String, told: String)
        ) async throws {
            let (coding, told) = names
            let head = Self.head + "Transfer-Encoding: \(coding)\r\n\r\n"
            let error = try await failure(.bytes(steps: [.raw(head), .hold]), over: tested)
            #expect(error.code == .wrongCoding)
            #expect(error.message.contains("compressed (\"\(told)\")"))
        }

        @Test(
            arguments: TestedTransport.overSockets,
            ["identity", "Identity", "", "identity, ", "none"])
        func identityIsNone(_ tested: TestedTransport, coding: String) async throws {
            let head = Self.head + "Content-Encoding: \(coding)\r\n\r\n"
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.bytes(head + "data: one\n\n")])
                var configuration = tested.configuration
                configuration.reconnection = .never
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let events = try await stream.all()
                #expect(events.map(\.data) == ["one"])
            }
        }
    }
}
