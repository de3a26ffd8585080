import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// A consumer that does not read while the server sends: 500 kB, of which 100 kB may be kept.
    ///
    /// Most run over sockets only: in memory, no kernel takes what the stream does not.
    @Suite struct PausingTests {
        private static let count = 500
        private static let padding = String(repeating: "x", count: 1000)

        private func configuration(
            _ tested: TestedTransport, _ server: MockEventServer
        ) -> EventStream.Configuration {
            var configuration = tested.configuration(for: server)
            configuration.limits.bufferLow = 10_000
            configuration.limits.bufferHigh = 20_000
            configuration.limits.bufferMaximum = 100_000
            return configuration
        }

        /// Sends all events after the one that the client has seen, then these steps.
        private func serve(_ server: MockEventServer, then steps: [Step]) {
            server.handle("/feed") { connection in
                let seen = Int(connection.request.lastEventID ?? "0") ?? 0
                guard seen < Self.count else {
                    return try await connection.respond(.status(204))
                }
                for id in (seen + 1)...Self.count {
                    try await connection.send(.event(Self.padding, id: "\(id)"))
                }
                try await connection.send([.mark("sent")] + steps)
            }
        }

        @Test(
            arguments: TestedTransport.overSockets,
            [Step.end, .drop(.fin), .drop(.reset)])
        func theEndOfAServerThatHasToWaitLosesNothing(
            _ tested: TestedTransport, end: Step
        ) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                serve(server, then: [end])
                var events = EventStream(
                    url: server.url("/feed"), configuration: configuration(tested, server)
                ).makeAsyncIterator()
                var ids = [try await events.next()?.lastEventID ?? ""]
                if tested.pauses {
                    try await server.connection(1, on: "/feed").reached("sent")
                }
                while let event = try await events.next() { ids.append(event.lastEventID) }
                #expect(ids == (1...Self.count).map(String.init))
                // A transport that did not pause would have had to close and resume. What a reset
                // leaves in the socket is for the kernel to say.
                if tested.pauses, end != .drop(.reset) { #expect(server.journal.count == 2) }
            }
        }

        @Test(arguments: TestedTransport.overSockets.filter(\.pauses))
        func leavingClosesAPausedConnection(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                serve(server, then: [.hold])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: configuration(tested, server))
                for try await _ in stream {
                    try await server.connection(1, on: "/feed").reached("sent")
                    break
                }
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.overSockets.filter(\.pauses))
        func cancellingClosesAPausedConnection(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                serve(server, then: [.hold])
                let stream = EventStream(
                    url: server.url("/feed"), configuration: configuration(tested, server))
                let (never, _) = AsyncStream.makeStream(of: Void.self)
                let task = Task {
                    for try await _ in stream {
                        for await _ in never {}
                    }
                }
                let connection = try await server.connection(1, on: "/feed")
                try await connection.reached("sent")
                task.cancel()
                try await task.value
                #expect(try await connection.ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.overSockets.filter(\.pauses))
        func aPausedStreamHoldsUpNoOther(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                serve(server, then: [.hold])
                server.script(
                    "/other",
                    [.stream([.event("one"), .gate("next"), .event("two"), .hold])])
                var paused = EventStream(
                    url: server.url("/feed"), configuration: configuration(tested, server)
                ).makeAsyncIterator()
                #expect(try await paused.next()?.lastEventID == "1")
                try await server.connection(1, on: "/feed").reached("sent")
                var other = EventStream(
                    url: server.url("/other"), configuration: tested.configuration(for: server)
                ).makeAsyncIterator()
                #expect(try await other.next()?.data == "one")
                server.openGate("next")
                #expect(try await other.next()?.data == "two")
                for id in 2...Self.count {
                    #expect(try await paused.next()?.lastEventID == "\(id)")
                }
                #expect(server.journal.count == 2)
            }
        }

        @Test(arguments: TestedTransport.allCases)
        func pausingAHundredTimesKeepsTheOrder(_ tested: TestedTransport) async throws {
            let count = 10_000
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.handle("/flood") { connection in
                    let seen = Int(connection.request.lastEventID ?? "0") ?? 0
                    guard seen < count else { return try await connection.respond(.status(204)) }
                    for first in stride(from: seen + 1, through: count, by: 50) {
                        let ids = first...min(first + 49, count)
                        try await connection.send(ids.map { .event("\($0)", id: "\($0)") })
                    }
                }
                var configuration = configuration(tested, server)
                configuration.limits.bufferLow = 1
                configuration.limits.bufferHigh = 2
                let stream = EventStream(url: server.url("/flood"), configuration: configuration)
                var ids: [String] = []
                for try await event in stream { ids.append(event.lastEventID) }
                #expect(ids == (1...count).map(String.init))
                if tested.pauses { #expect(server.journal.count == 2) }
            }
        }
    }
}
