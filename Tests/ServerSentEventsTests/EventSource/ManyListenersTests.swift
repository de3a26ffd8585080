import MockServer
import Testing

@testable import ServerSentEvents

extension EventSourceTests {
    /// Two hundred listeners, one of them stalled; and listeners that come and go.
    @Suite struct ManyListenersTests {
        private static let count = 100

        /// Sends events from when the gate `joined` is opened: what comes before makes nobody wait.
        private func serve(_ numbers: ClosedRange<Int>, _ server: MockEventServer) {
            server.script(
                "/feed", [.stream([.gate("joined")] + Step.events(numbers)), .status(204)])
        }

        @Test func oneOfTwoHundredThatIsStalledLosesEventsAlone() async throws {
            try await MockEventServer.run(waitLimit: .seconds(60)) { server async throws in
                serve(1...Self.count, server)
                let source = EventSource(server)
                let stalled = source.events(buffering: .dropOldest(limit: 10))
                let others = (1...199).map { _ in source.events(buffering: .slow(limit: 10)) }
                server.openGate("joined")
                try await withThrowingTaskGroup { group in
                    for sequence in others { group.addTask { try await sequence.data() } }
                    for try await received in group { #expect(received == data(1...Self.count)) }
                }
                #expect(stalled.droppedCount == Self.count - 10)
                #expect(try await stalled.data() == data(Self.count - 9...Self.count))
                #expect(server.journal.count { $0.status == 200 } == 1, "it is one connection")
            }
        }

        @Test func oneOfTwoHundredThatIsStalledMaySlowAllUntilItLeaves() async throws {
            try await MockEventServer.run(waitLimit: .seconds(60)) { server async throws in
                serve(1...Self.count, server)
                let source = EventSource(server)
                var stalled: EventSource.Events? = source.events(buffering: .slow(limit: 10))
                let others = (1...199).map { _ in source.events(buffering: .slow(limit: 20)) }
                let ten = Gate()
                server.openGate("joined")
                try await withThrowingTaskGroup { group in
                    for sequence in others {
                        group.addTask {
                            var events = sequence.makeAsyncIterator()
                            let first = try await events.data(10)
                            ten.open()
                            return try await first + events.data(Self.count)
                        }
                    }
                    for _ in others { await ten.pass() }
                    try await source.waitsForAListener()
                    #expect(source.lastEventID == "10")
                    #expect(stalled?.droppedCount == 0)
                    stalled = nil
                    for try await received in group { #expect(received == data(1...Self.count)) }
                }
            }
        }

        @Test func whoStaysLosesNothingWhileOthersComeAndGo() async throws {
            try await MockEventServer.run(waitLimit: .seconds(60)) { server async throws in
                serve(1...400, server)
                let source = EventSource(server)
                let staying = (1...4).map { _ in source.events(buffering: .slow(limit: 5)) }
                server.openGate("joined")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for sequence in staying {
                        group.addTask {
                            let received = try await sequence.data()
                            #expect(received == data(1...400))
                        }
                    }
                    for number in 1...8 {
                        group.addTask {
                            while source.readyState != .closed {
                                try await Self.visit(source, number)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(staying.map(\.droppedCount) == [0, 0, 0, 0])
                #expect(source.listenerCount == 0)
            }
        }

        /// Joins, listens for a few events, and leaves: by leaving the loop, or cancelled.
        private static func visit(_ source: EventSource, _ number: Int) async throws {
            let task = Task {
                var previous: Int?
                for try await event in source.events(buffering: .slow(limit: number)) {
                    let current = Int(event.data)
                    if let previous { #expect(current == previous + 1) }
                    previous = current
                    if number.isMultiple(of: 2), event.data.hasSuffix("\(number)") { return }
                }
            }
            if !number.isMultiple(of: 2) {
                for try await _ in source.messages { break }
                task.cancel()
            }
            try await task.value
        }
    }
}
