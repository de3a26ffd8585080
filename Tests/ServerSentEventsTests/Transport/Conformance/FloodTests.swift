import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// A server that never stops sending, and a consumer that never asks.
    @Suite struct FloodTests {
        private static let bound = 64 * 1024 * 1024
        private static let text = String(repeating: "x", count: 64 * 1024)

        private func stream(
            from server: MockEventServer, over transport: any EventTransport
        ) -> EventStream {
            // 6 GB, if it were read.
            server.script(
                "/feed", [.stream([.event("first"), .event(Self.text).repeated(100_000), .hold])])
            var configuration = EventStream.Configuration.test(transport)
            configuration.reconnection = .never
            configuration.limits.bufferLow = 16 * 1024
            configuration.limits.bufferHigh = 128 * 1024
            configuration.limits.bufferMaximum = 2 * 1024 * 1024
            return EventStream(url: server.url("/feed"), configuration: configuration)
        }

        /// While the transport carries two hundred other requests, it does not read this answer.
        @Test(arguments: TestedTransport.allCases.filter(\.pauses))
        func aServerWaits(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/other", [.status(204), .repeatLast])
                let other = EventStream(
                    url: server.url("/other"), configuration: tested.configuration)
                let transport = WatchedTransport(tested.transport)
                for try await event in stream(from: server, over: transport) {
                    #expect(event.data == "first")
                    await transport.pulled(.pause)
                    for _ in 0..<200 { _ = try await other.all() }
                    // One that went on would be over its maximum by now, and closed.
                    #expect(try await server.connection(1, on: "/feed").journalEntry.ending == nil)
                    break
                }
                let ending = try await server.connection(1, on: "/feed").ended()
                #expect(ending.by == .client)
                #expect(ending.bytesSent < Self.bound)
            }
        }

        /// Without a pause, and without IDs to resume from.
        @Test func overTheMaximumItIsAnError() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                var events = stream(
                    from: server, over: TestedTransport.urlSessionWithoutPause.transport
                ).makeAsyncIterator()
                let first = try await events.next()
                #expect(first?.data == "first")
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
                var size = 0
                let error = await #expect(throws: EventStreamError.self) {
                    while let event = try await events.next() { size += event.data.utf8.count }
                }
                #expect(error?.code == .bufferOverflow)
                #expect(size < 2 * 1024 * 1024)
            }
        }
    }
}
