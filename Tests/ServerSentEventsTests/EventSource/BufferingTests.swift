import MockServer
import Testing

@testable import ServerSentEvents

extension EventSourceTests {
    /// Listeners that fall behind.
    @Suite struct BufferingTests {
        @Test func theOldestAreDroppedAndCounted() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream(Step.events(1...10) + [.hold])])
                let source = EventSource(server)
                let behind = source.events(buffering: .dropOldest(limit: 3))
                let keeping = source.events(buffering: .dropOldest(limit: 10))
                let one = source.events(buffering: .dropOldest(limit: 0))
                let (witness, other) = (source.events, source.events(ofType: "price"))
                var events = witness.makeAsyncIterator()
                #expect(try await events.data(10) == data(1...10))

                let all = [behind, keeping, one, witness, other]
                #expect(all.map(\.droppedCount) == [7, 0, 9, 0, 0])
                source.close()
                #expect(all.map(\.droppedCount) == [7, 0, 9, 0, 0], "what is left is no drop")
            }
        }

        @Test func theNewestAreKept() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let steps = Step.events(1...10) + [.gate("more")] + Step.events(11...12)
                server.script("/feed", [.stream(steps + [.hold])])
                let source = EventSource(server)
                let behind = source.events(buffering: .dropOldest(limit: 3))
                var witness = source.events.makeAsyncIterator()
                #expect(try await witness.data(10) == data(1...10))
                var events = behind.makeAsyncIterator()
                #expect(try await events.data(2) == data(8...9))
                server.openGate("more")
                #expect(try await witness.data(2) == data(11...12))
                #expect(try await events.data(3) == data(10...12), "there was room again")
                #expect(behind.droppedCount == 7)
                source.close()
            }
        }

        @Test func bytesAreLimitedButOneEventIsKeptWhateverItsSize() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let large = String(repeating: "x", count: 1000)
                // Of 10 bytes each, as the type and the ID count.
                var steps = (1...4).map { Step.event("\($0)x", id: "\($0)") }
                steps += [.gate("large"), .event(large), .gate("small"), .event("last"), .hold]
                server.script("/feed", [.stream(steps)])
                let source = EventSource(server)
                let behind = source.events(buffering: .dropOldest(limit: 100, bytes: 30))
                var witness = source.events.makeAsyncIterator()
                _ = try await witness.data(4)
                #expect(behind.droppedCount == 1)
                server.openGate("large")
                _ = try await witness.data(1)
                #expect(behind.droppedCount == 4)
                server.openGate("small")
                _ = try await witness.data(1)
                #expect(behind.droppedCount == 5)
                var events = behind.makeAsyncIterator()
                #expect(try await events.data(1) == ["last"])
                source.close()
            }
        }

        @Test(arguments: [
            EventSource.Buffering.slow(limit: 3), .slow(limit: 100, bytes: 25),
        ])
        func theSourceWaits(buffering: EventSource.Buffering) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                // Of 9 bytes each, as the type and the ID count.
                server.script("/feed", [.stream([.gate("start")] + Step.events(1...9) + [.hold])])
                let source = EventSource(server)
                let slow = source.events(buffering: buffering)
                var (witness, events) = (
                    source.events.makeAsyncIterator(), slow.makeAsyncIterator()
                )
                server.openGate("start")
                for last in 3...8 {
                    try await source.waitsForAListener()
                    #expect(source.lastEventID == "\(last)")
                    #expect(try await events.data(1) == ["\(last - 2)"])
                }
                #expect(try await witness.data(9) == data(1...9))
                #expect(try await events.data(3) == data(7...9))
                #expect(slow.droppedCount == 0)
                source.close()
            }
        }

        /// How a listener that the source waits for goes away.
        enum Leaving: CaseIterable {
            case iteratorDropped
            case sequenceDropped
            case taskCancelled
        }

        @Test(arguments: Leaving.allCases)
        func theSourceGoesOnWhenTheListenerLeaves(_ leaving: Leaving) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream([.gate("start")] + Step.events(1...9) + [.hold])])
                let source = EventSource(server)
                var stalled: EventSource.Events? = source.events(buffering: .slow(limit: 3))
                var witness = source.events.makeAsyncIterator()
                server.openGate("start")
                try await source.waitsForAListener()
                switch leaving {
                case .iteratorDropped:
                    for try await _ in try #require(stalled) {
                        try await source.waitsForAListener()
                        break
                    }
                case .sequenceDropped:
                    stalled = nil
                case .taskCancelled:
                    let (got, never, events) = (Gate(), Gate(), try #require(stalled))
                    let task = Task {
                        for try await _ in events {
                            got.open()
                            await never.pass()
                        }
                    }
                    await got.pass()
                    try await source.waitsForAListener()
                    task.cancel()
                    try await task.value
                }
                #expect(try await witness.data(9) == data(1...9))
                #expect(source.listenerCount == 1)
                source.close()
            }
        }

        @Test(arguments: TestedTransport.allCases.filter(\.pauses))
        func theServerHasToWaitWithTheSource(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let padding = String(repeating: "x", count: 100_000)
                let events = (2...20).map { Step.event(padding, id: "\($0)") }
                let start = [.gate("start")] + Step.events(1...1) + [.gate("more")]
                server.script("/feed", [.stream(start + events + [.mark("sent"), .hold])])
                let watched = WatchedTransport(tested.transport(for: server))
                let source = EventSource(
                    url: server.url("/feed"), configuration: .test(watched))
                var stalled: EventSource.Events? = source.events(buffering: .slow(limit: 1))
                #expect(stalled?.droppedCount == 0)
                server.openGate("start")
                try await source.waitsForAListener()
                server.openGate("more")
                await watched.pulled(.pause)
                #expect(source.lastEventID == "1")
                let connection = try await server.connection(1, on: "/feed")
                // In memory, no kernel takes what the stream does not.
                if tested == .memory { #expect(connection.journalEntry.bytesSent < 1_000_000) }

                var witness = source.events.makeAsyncIterator()
                stalled = nil
                try await connection.reached("sent")
                while try await witness.next()?.lastEventID != "20" {}
                source.close()
                #expect(try await connection.ended().by == .client)
            }
        }
    }
}
