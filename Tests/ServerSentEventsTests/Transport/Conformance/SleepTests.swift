import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Machines that sleep for hours: all this time passes at once for the clock, and for nobody else.
    @Suite struct SleepTests {
        private static let nights: [Duration] = [.seconds(8 * 3600), .seconds(3650 * 86_400)]

        private let clock = ManualClock()

        private func configuration(
            _ tested: TestedTransport, to server: MockEventServer
        ) -> EventStream.Configuration {
            var configuration = tested.configuration(for: server, clock: clock)
            configuration.timeouts.idle = .seconds(300)
            return configuration
        }

        @Test(arguments: TestedTransport.allCases, nights)
        func anOpenStreamIsMadeAgainOnce(_ tested: TestedTransport, night: Duration) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream([.event("one", id: "1"), .stall]),
                        .stream([.event("two", id: "2"), .hold]),
                    ])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: configuration(tested, to: server))
                var updates = stream.updates.makeAsyncIterator()
                #expect(try await updates.next()?.line == "connecting 1")
                #expect(try await updates.next()?.line == "open 200")
                #expect(try await updates.next()?.line == "event one")
                try await clock.sleepers(1, within: .seconds(30))
                clock.advance(by: night)
                let end = try await updates.next()?.line
                try #require(end == "disconnected timedOut 3.0")
                async let time: Void = {
                    try await clock.sleepers(1, within: .seconds(30))
                    clock.advance(by: .seconds(3))
                }()
                #expect(try await updates.next()?.line == "connecting 1")
                #expect(try await updates.next()?.line == "open 200")
                #expect(try await updates.next()?.line == "event two")
                try await time
                // What goes on is one connection and the watch over it, nothing of the night's.
                try await clock.sleepers(1, within: .seconds(30))
                #expect(clock.deadlines == [clock.now.advanced(by: .seconds(300))])
                #expect(server.journal.map(\.request.lastEventID) == [nil, "1"])
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aDelayIsOverOnWaking(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream([.retry(.seconds(30)), .event("one", id: "1"), .end]),
                        .stream([.event("two", id: "2"), .hold]),
                    ])
                // Without a watchdog, so that only the delay sleeps on the clock.
                let stream = EventStream(
                    url: server.url("/feed"),
                    configuration: tested.configuration(for: server, clock: clock))
                var events = stream.makeAsyncIterator()
                #expect(try await events.next()?.data == "one")
                async let night: Void = {
                    try await clock.sleepers(1, within: .seconds(30))
                    #expect(clock.deadlines == [ManualClock.Instant(offset: .seconds(30))])
                    clock.advance(by: .seconds(8 * 3600))
                }()
                #expect(try await events.next()?.data == "two")
                try await night
                #expect(server.journal.map(\.request.lastEventID) == [nil, "1"])
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aRequestIsSentAgainOnWaking(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .bytes(steps: [.mark("asked"), .stall]),
                        .stream([.event("one", id: "1"), .hold]),
                    ])
                var configuration = configuration(tested, to: server)
                configuration.timeouts.open = .seconds(60)
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                var events = stream.makeAsyncIterator()
                async let night: Void = {
                    try await server.connection(1, on: "/feed").reached("asked")
                    try await clock.sleepers(1, within: .seconds(30))
                    clock.advance(by: .seconds(8 * 3600))
                    try await clock.sleepers(1, within: .seconds(30))
                    clock.advance(by: .seconds(3))
                }()
                #expect(try await events.next()?.data == "one")
                try await night
                #expect(server.journal.count == 2)
            }
        }

        @Test func whatHadComeIsDeliveredFirst() async throws {
            let transport = ScriptedTransport([
                { $0.open(["id: 1\ndata: one\n\n", "id: 2\ndata: two\n\nid: 3\ndata: th"]) },
                { $0.stream("id: 3\ndata: three\n\n") },
                { $0.status(204) },
            ])
            var configuration = EventStream.Configuration.test(transport, clock: clock)
            configuration.timeouts.idle = .seconds(300)
            configuration.reconnection?.baseDelay = .zero
            configuration.reconnection?.minimumDelay = .zero
            var events = EventStream(url: try .test(), configuration: configuration)
                .makeAsyncIterator()
            #expect(try await events.next()?.data == "one")
            try await clock.sleepers(1, within: .seconds(30))
            clock.advance(by: .seconds(8 * 3600))
            #expect(try await events.next()?.data == "two")
            #expect(try await events.next()?.data == "three")
            #expect(try await events.next() == nil)
            #expect(transport.lastEventIDs == ["-", "2", "3"])
        }
    }
}
