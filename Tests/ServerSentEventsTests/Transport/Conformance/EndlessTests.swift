import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Servers that go on until they are stopped: 1 GB, if nobody did.
    @Suite struct EndlessTests {
        /// Far more than the buffers of two sockets and of a stream hold, far less than 1 GB.
        private static let bound = 64 * 1024 * 1024

        /// What never ends: something that is repeated after a beginning.
        struct Endless: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let beginning: String
            let repeated: String

            init(_ name: String, _ beginning: String, _ repeated: String) {
                testDescription = name
                self.beginning = beginning
                self.repeated = repeated
            }

            /// 1 GB of it.
            var steps: [Step] {
                let text = String(repeating: repeated, count: 10_000 / repeated.utf8.count)
                return (beginning.isEmpty ? [] : [.raw(beginning)])
                    + [.raw(text).repeated(100_000), .hold]
            }
        }

        private static let status = "HTTP/1.1 200 OK\r\n"

        static let bodies = [
            Endless("a data line", "data:", "x"), Endless("data lines", "", "data:x\n"),
            Endless("empty data lines", "", "data\r\n"), Endless("a type", "event:", "x"),
            Endless("an ID", "id:", "x"), Endless("a comment", ":", "x"),
            Endless("an unknown field", "x:", "x"), Endless("no line end", "", "x"),
            Endless("NUL bytes", "", "\0"),
        ]

        static let heads = [
            Endless("fields", status, "X: \(String(repeating: "y", count: 995))\r\n"),
            Endless("a field", status + "X: ", "y"),
            Endless("a field name", status, "y"),
            Endless("a status line", "HTTP/1.1 200 ", "y"),
            Endless(
                "informational answers", "",
                "HTTP/1.1 103 X\r\nX: \(String(repeating: "y", count: 977))\r\n\r\n"),
        ]

        static let refusals = [
            Endless("a refusal", "HTTP/1.1 404 X\r\n\r\n", "y"),
            Endless(
                "a challenge", "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"y\"\r\n\r\n", "y"),
            Endless("a page", status + "Content-Type: text/html\r\n\r\n", "<br>"),
        ]

        private func failure(
            _ reply: Reply, over tested: TestedTransport
        ) async throws -> EventStreamError {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [reply])
                var configuration = tested.configuration
                configuration.reconnection = .never
                configuration.limits.eventSize = 100_000
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let (error, events) = try await stream.failure()
                #expect(events.isEmpty)
                let ending = try await server.connection(1, on: "/feed").ended()
                #expect(ending.by == .client)
                // One that cannot be paused goes on until its queue comes to closing it.
                if tested.pauses { #expect(ending.bytesSent < Self.bound) }
                return error
            }
        }

        @Test(arguments: TestedTransport.allCases, bodies)
        func anEventIsTooLarge(_ tested: TestedTransport, _ endless: Endless) async throws {
            let error = try await failure(.stream(endless.steps), over: tested)
            #expect(error.code == .eventTooLarge)
        }

        @Test(arguments: TestedTransport.allCases, heads)
        func aHeadIsAFailure(_ tested: TestedTransport, _ endless: Endless) async throws {
            let error = try await failure(.bytes(steps: endless.steps), over: tested)
            #expect(error.code == .connectionFailed)
            #expect(error.underlying != nil)
        }

        @Test(arguments: TestedTransport.allCases, refusals)
        func aRefusalCarries64KiB(_ tested: TestedTransport, _ endless: Endless) async throws {
            let error = try await failure(.bytes(steps: endless.steps), over: tested)
            #expect(error.response?.body.count == 64 * 1024)
        }

        /// The limits of libcurl: 100 KiB for a line, and some 256 KiB for the head.
        @Test(arguments: TestedTransport.allCases, [(1, 100_000), (2, 100_000), (2_000, 50)])
        func aLargeHeadIsRead(
            _ tested: TestedTransport, fields: (count: Int, size: Int)
        ) async throws {
            let text = String(repeating: "y", count: fields.size)
            let lines = (1...fields.count).map { "X-\($0): \(text)\r\n" }.joined()
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [.bytes(Self.status + lines + "Content-Type: text/event-stream\r\n\r\n")])
                var updates = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration
                ).updates.makeAsyncIterator()
                _ = try await updates.next()
                guard case .open(let head) = try await updates.next() else {
                    return #expect(Bool(false), "the stream did not open")
                }
                #expect(head.headers["X-\(fields.count)"] == text)
                #expect(head.headers.count == fields.count + 1)
            }
        }
    }
}
