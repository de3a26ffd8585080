import MockServer
import Testing

@testable import ServerSentEvents

extension EventSourceTests {
    /// Who joins and who leaves.
    @Suite struct JoiningTests {
        @Test func aLateListenerGetsWhatComesAfterIt() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let steps = Step.events(1...3) + [.gate("more")] + Step.events(4...5)
                server.script("/feed", [.stream(steps + [.hold])])
                let source = EventSource(server)
                var early = source.events.makeAsyncIterator()
                #expect(try await early.data(3) == data(1...3))
                var late = source.events.makeAsyncIterator()
                server.openGate("more")
                #expect(try await early.data(2) == data(4...5))
                #expect(try await late.data(2) == data(4...5))
                source.close()
            }
        }

        @Test func nothingIsLostBetweenTheSequenceAndItsIterator() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let steps = Step.events(1...1) + [.gate("more")] + Step.events(2...3)
                server.script("/feed", [.stream(steps + [.hold])])
                let source = EventSource(server)
                var witness = source.events.makeAsyncIterator()
                #expect(try await witness.data(1) == ["1"])
                let sequence = source.events
                server.openGate("more")
                #expect(try await witness.data(2) == data(2...3))
                var first = sequence.makeAsyncIterator()
                var second = sequence.makeAsyncIterator()
                #expect(try await first.data(2) == data(2...3))
                source.close()
                #expect(try await second.next() == nil, "it joined when it was made")
            }
        }

        @Test func theSequencesMadeBeforeTheFirstIterationMissNothing() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script(
                    "/feed",
                    [
                        .stream(Step.events(1...2) + [.end]),
                        .stream(Step.events(3...3) + [.hold]),
                    ])
                let source = EventSource(server)
                try await until("no event comes") { source.lastEventID == "3" }
                let (one, other) = (source.events, source.messages)
                var (opens, errors) = (
                    source.opens.makeAsyncIterator(), source.errors.makeAsyncIterator()
                )
                var first = one.makeAsyncIterator()
                #expect(try await first.data(3) == data(1...3))
                let late = source.events
                var second = other.makeAsyncIterator()
                #expect(try await second.data(3) == data(1...3))
                #expect(await opens.next()?.status == 200)
                #expect(await opens.next()?.status == 200)
                #expect(await errors.next()?.code == .connectionFailed)
                source.close()
                #expect(try await late.data() == [])
            }
        }

        @Test func oneWhoLeavesDisturbsNobody() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let room = server.channel("/feed")
                let source = EventSource(server)
                let staying = source.events
                try await room.subscribers(atLeast: 1)
                room.send(.event("1"))
                for try await event in source.events {
                    #expect(event.data == "1")
                    break
                }
                #expect(source.listenerCount == 1)
                _ = source.events
                #expect(source.listenerCount == 1, "and a sequence that is dropped has left")
                room.send(.event("2"))
                var events = staying.makeAsyncIterator()
                #expect(try await events.data(2) == data(1...2))
                #expect(server.journal.count == 1)
                source.close()
            }
        }

        @Test func cancellingAListenerThatWaitsEndsItAlone() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let room = server.channel("/feed")
                let source = EventSource(server)
                var staying = source.events.makeAsyncIterator()
                let (got, leaving) = (Gate(), source.events)
                let task = Task {
                    var data: [String] = []
                    for try await event in leaving {
                        data.append(event.data)
                        got.open()
                    }
                    return data
                }
                try await room.subscribers(atLeast: 1)
                room.send(.event("1"))
                await got.pass()
                task.cancel()
                #expect(try await task.value == ["1"])
                #expect(source.listenerCount == 1)
                room.send(.event("2"))
                #expect(try await staying.data(2) == data(1...2))
                source.close()
            }
        }

        @Test func aCancelledTaskGetsNothingThatIsKept() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream(Step.events(1...3) + [.hold])])
                let source = EventSource(server)
                var witness = source.events.makeAsyncIterator()
                let (events, opens, states) = (source.events, source.opens, source.readyStates)
                #expect(try await witness.data(3) == data(1...3))
                let task = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    var (opens, states) = (opens.makeAsyncIterator(), states.makeAsyncIterator())
                    #expect(await opens.next() == nil)
                    #expect(await states.next() == nil)
                    return try await events.data()
                }
                #expect(try await task.value == [])
                #expect(source.listenerCount == 1)
                source.close()
            }
        }

        @Test func everyListenerGetsEveryEventOfManyInOrder() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script(
                    "/feed", [.stream([.gate("start")] + Step.events(1...500)), .status(204)])
                let source = EventSource(server)
                let sequences = (1...4).map { _ in source.events(buffering: .slow(limit: 7)) }
                server.openGate("start")
                try await withThrowingTaskGroup { group in
                    for sequence in sequences { group.addTask { try await sequence.data() } }
                    for try await received in group { #expect(received == data(1...500)) }
                }
                #expect(sequences.map(\.droppedCount) == [0, 0, 0, 0])
            }
        }
    }
}
