import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Every way to leave a stream closes its connection, seen from the server.
    @Suite struct ClosingTests {
        @Test(arguments: TestedTransport.allCases)
        func leavingTheLoop(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream([.event("one"), .event("two"), .hold])])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                for try await _ in stream { break }
                let ending = try await server.connection(1, on: "/feed").ended()
                #expect(ending.by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func droppingTheIterator(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                do {
                    var events = EventStream(
                        url: server.url("/feed"), configuration: tested.configuration
                    ).makeAsyncIterator()
                    #expect(try await events.next()?.data == "one")
                    #expect(server.journal.first?.ending == nil)
                }
                let ending = try await server.connection(1, on: "/feed").ended()
                #expect(ending.by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aRefusalClosesAnEndlessBody(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .bytes(
                            steps: [
                                .raw("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n"),
                                .padding(200_000), .hold,
                            ])
                    ])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                let (error, _) = try await stream.failure()
                #expect(error.code == .refused)
                #expect(error.response?.body.count == 64 * 1024)
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        /// URLSession on Linux tells of a redirect only when it has read its body.
        @Test(arguments: TestedTransport.allCases.filter(\.tellsRedirectsAtOnce))
        func aRedirectDoesNotWaitForTheRestOfItsBody(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                let head = "HTTP/1.1 307 X\r\nLocation: /new\r\nContent-Length: 9\r\n\r\n"
                server.script("/feed", [.bytes(steps: [.raw(head + "no"), .stall])])
                server.script("/new", [.stream([.event("one"), .hold])])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: tested.configuration)
                for try await _ in stream { break }
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aRefusalDoesNotWaitForTheRestOfItsBody(_ tested: TestedTransport) async throws {
            let clock = ManualClock()
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .bytes(
                            steps: [
                                .raw("HTTP/1.1 404 Not Found\r\n\r\nno"), .mark("here"), .stall,
                            ])
                    ])
                var configuration = tested.configuration
                configuration.clock = clock
                configuration.timeouts.errorBody = .seconds(5)
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                async let failure = stream.failure()
                try await clock.sleepers(1, within: .seconds(30))
                clock.advance(by: .seconds(5))
                let (error, _) = try await failure
                #expect(error.code == .refused)
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aServerThatDoesNotAnswerTimesOut(_ tested: TestedTransport) async throws {
            let clock = ManualClock()
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.bytes(steps: [.mark("here"), .stall])])
                var configuration = tested.configuration
                configuration.clock = clock
                configuration.timeouts.open = .seconds(60)
                configuration.reconnection = .never
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                async let failure = stream.failure()
                let connection = try await server.connection(1, on: "/feed")
                try await clock.sleepers(1, within: .seconds(30))
                clock.advance(by: .seconds(60))
                let (error, _) = try await failure
                #expect(error.code == .timedOut)
                #expect(try await connection.ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func aSilentServerTimesOutAndIsAskedAgain(_ tested: TestedTransport) async throws {
            let clock = ManualClock()
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream([.event("one", id: "1"), .stall]),
                        .stream([.event("two", id: "2"), .hold]),
                    ])
                var configuration = tested.configuration
                configuration.clock = clock
                configuration.timeouts.idle = .seconds(300)
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                var updates = stream.updates.makeAsyncIterator()
                #expect(try await updates.next()?.line == "connecting 1")
                #expect(try await updates.next()?.line == "open 200")
                #expect(try await updates.next()?.line == "event one")

                async let time: Void = {
                    // The watchdog, and after it the reconnection delay.
                    try await clock.sleepers(1, within: .seconds(30))
                    clock.advance(by: .seconds(300))
                    try await server.connection(1, on: "/feed").ended()
                    try await clock.sleepers(1, within: .seconds(30))
                    clock.advance(by: .seconds(3))
                }()
                #expect(try await updates.next()?.line == "disconnected timedOut 3.0")
                #expect(try await updates.next()?.line == "connecting 1")
                #expect(try await updates.next()?.line == "open 200")
                #expect(try await updates.next()?.line == "event two")
                try await time
                #expect(try await server.connection(2, on: "/feed").request.lastEventID == "1")
            }
        }
    }
}
