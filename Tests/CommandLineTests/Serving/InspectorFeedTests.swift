import MockServer
import ServerSentEvents
import Testing

@testable import sse

/// What a page is told is bounded, however long the server runs.
@Suite(.timeLimit(.minutes(1)))
struct InspectorFeedTests {
    @Test func whatHasEndedIsForgottenFirst() async throws {
        try await MockEventServer.run { server in
            let feed = InspectorFeed()
            server.observe { feed.note($0, $1) }
            server.script("/", [.stream([.hold])])
            server.script("/end", [.status(204), .repeatLast])
            var configuration = EventStream.Configuration()
            configuration.transport = server.transport
            func end(_ number: Int) async throws {
                let stream = EventStream(url: server.url("/end"), configuration: configuration)
                for try await _ in stream {}
                // A client may see the end before it is noted.
                try await server.connection(number, on: "/end").ended()
            }
            try await end(1)
            let open = Task { [configuration] in
                let stream = EventStream(url: server.url("/"), configuration: configuration)
                for try await _ in stream {}
            }
            try await server.connection(1, on: "/")
            for number in 1...InspectorFeed.limit { try await end(number + 1) }

            let (reader, _) = feed.join()
            let numbers = feed.changes(for: reader).compactMap { item -> Int? in
                if case .connection(let entry) = item { entry.connection } else { nil }
            }
            // The first two that ended are gone; the one that is open is not.
            #expect(numbers.count == InspectorFeed.limit)
            #expect(numbers.first == 2)
            #expect(numbers.last == InspectorFeed.limit + 2)
            #expect(feed.open.map(\.path) == ["/"])
            // What was told is not told again.
            #expect(feed.changes(for: reader).isEmpty)
            open.cancel()
        }
    }
}
