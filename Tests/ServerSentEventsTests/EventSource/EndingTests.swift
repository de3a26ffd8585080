import MockServer
import Testing

@testable import ServerSentEvents

extension EventSourceTests {
    /// How a source ends, for its server and for its listeners.
    @Suite struct EndingTests {
        private static let transports = TestedTransport.allCases.filter(\.pauses)

        // MARK: Closing

        @Test(arguments: transports)
        func closingClosesTheConnection(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream([.event("1"), .hold])])
                let source = EventSource(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                var events = source.events.makeAsyncIterator()
                #expect(try await events.next()?.data == "1")
                source.close()
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
                #expect(try await events.next() == nil)
            }
        }

        @Test(arguments: transports)
        func droppingTheSourceClosesTheConnection(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream([.mark("open"), .hold])])
                var source: EventSource? = EventSource(
                    url: server.url("/feed"), configuration: tested.configuration(for: server))
                let connection = try await server.connection(1, on: "/feed")
                try await connection.reached("open")
                #expect(source?.error == nil)
                source = nil
                #expect(try await connection.ended().by == .client)
            }
        }

        @Test func whoListensKeepsTheSource() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                let room = server.channel("/feed")
                var source: EventSource? = EventSource(server)
                var sequence = source?.messages
                source = nil
                let connection = try #require(try await room.subscribers(atLeast: 1).first)
                do {
                    var events = try #require(sequence).makeAsyncIterator()
                    sequence = nil
                    room.send(.event("1"))
                    #expect(try await events.next()?.data == "1")
                    #expect(connection.journalEntry.ending == nil)
                }
                #expect(try await connection.ended().by == .client)
            }
        }

        @Test func closingEndsEverySequenceWithoutWhatIsKept() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script(
                    "/feed", [.status(503), .stream(Step.events(1...3) + [.hold])])
                let source = EventSource(server)
                let (events, opens, errors) = (source.events, source.opens, source.errors)
                let states = source.readyStates
                var witness = source.events.makeAsyncIterator()
                #expect(try await witness.data(2) == data(1...2))
                source.close()
                #expect(try await witness.next() == nil)
                #expect(try await events.data() == [])
                for await _ in opens { Issue.record("an open after the end") }
                for await _ in errors { Issue.record("an error after the end") }
                source.close()
                #expect(await states.reduce(into: []) { $0.append($1) } == [.closed])

                #expect(try await source.messages.data() == [], "nor does one that joins now wait")
                for await state in source.readyStates { #expect(state == .closed) }
            }
        }

        @Test func closingWakesAllWhoWait() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream(Step.events(1...1) + [.hold])])
                let source = EventSource(server)
                let got = Gate()
                try await withThrowingTaskGroup { group in
                    for sequence in (1...20).map({ _ in source.messages }) {
                        group.addTask {
                            for try await _ in sequence { got.open() }
                        }
                    }
                    group.addTask {
                        for await state in source.readyStates where state == .closed {}
                    }
                    for _ in 1...20 { await got.pass() }
                    source.close()
                    try await group.waitForAll()
                }
            }
        }

        @Test func closingFromSeveralThreadsIsClosingOnce() async throws {
            for _ in 1...20 {
                try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                    server.script("/feed", [.stream(Step.events(1...1) + [.hold])])
                    let source = EventSource(server)
                    let (messages, states) = (source.messages, source.readyStates)
                    try await server.connection(1, on: "/feed")
                    try await withThrowingTaskGroup { group in
                        for _ in 1...8 { group.addTask { _ = try await messages.data() } }
                        for _ in 1...8 { group.addTask { source.close() } }
                        try await group.waitForAll()
                    }
                    #expect(await states.reduce(into: []) { $0.append($1) } == [.closed])
                    #expect(try await server.connection(1, on: "/feed").ended().by == .client)
                }
            }
        }

        // MARK: Closing before there is anything to close

        @Test func closingAtOnceSendsNothing() async throws {
            let transport = ScriptedTransport([{ $0.open([]) }])
            let gate = Gate()
            var configuration = EventStream.Configuration.test(transport)
            configuration.prepareRequest = { _, _ in await gate.pass() }
            let source = EventSource(url: try .test(), configuration: configuration)
            source.close()
            #expect(try await source.messages.data() == [])
            gate.open()
            #expect(source.readyState == .closed)
            #expect(transport.requests.isEmpty)
        }

        @Test func closingWhileItWaitsToReconnectSendsNothingMore() async throws {
            let clock = ManualClock()
            try await MockEventServer.run(clock: clock, waitLimit: .seconds(30)) {
                server async throws in
                server.script("/feed", [.stream(Step.events(1...1) + [.end])])
                let source = EventSource(server, clock: clock)
                var errors = source.errors.makeAsyncIterator()
                #expect(await errors.next()?.code == .connectionFailed)
                try await clock.sleepers(1)
                source.close()
                #expect(await errors.next() == nil)
                try await until("the wait goes on") { clock.deadlines.isEmpty }
                #expect(server.journal.count == 1)
            }
        }

        @Test func closingWhileItWaitsForAListenerClosesTheConnection() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream([.gate("start")] + Step.events(1...9) + [.hold])])
                let source = EventSource(server)
                let stalled = source.events(buffering: .slow(limit: 3))
                server.openGate("start")
                try await source.waitsForAListener()
                source.close()
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
                #expect(try await stalled.data() == [])
            }
        }

        // MARK: Ends that are the server's

        @Test func status204EndsAllAfterWhatIsKept() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.stream(Step.events(1...3)), .status(204)])
                let source = EventSource(server)
                let (events, errors) = (source.events, source.errors)
                for await state in source.readyStates where state == .closed {}
                #expect(try await events.data() == data(1...3))
                #expect(source.error == nil)
                #expect(
                    await errors.reduce(into: []) { $0.append($1.code) } == [.connectionFailed],
                    "the end of the body, not the 204")
                #expect(try await source.messages.data() == [])
            }
        }

        @Test func failingForGoodReachesEveryListenerAfterWhatIsKept() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script(
                    "/feed", [.stream(Step.events(1...3)), .status(404, body: "gone")])
                let source = EventSource(server)
                let sequences = [source.events, source.messages, source.events(ofType: "price")]
                let (errors, states) = (source.errors, source.readyStates)
                for await _ in source.readyStates {}
                #expect(source.readyState == .closed)
                #expect(source.error?.response?.text == "gone")

                for (sequence, kept) in zip(sequences, [3, 3, 0]) {
                    var events = sequence.makeAsyncIterator()
                    if kept > 0 { #expect(try await events.data(3) == data(1...3)) }
                    await #expect { try await events.next() } throws: { error in
                        (error as? EventStreamError)?.code == .refused
                    }
                    #expect(try await events.next() == nil, "it is thrown once")
                }
                #expect(
                    await errors.reduce(into: []) { $0.append($1.code) }
                        == [.connectionFailed, .refused])
                #expect(await states.reduce(into: []) { $0.append($1) } == [.closed])
            }
        }

        @Test func aListenerOfAFailedSourceIsToldToo() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server async throws in
                server.script("/feed", [.status(404)])
                let source = EventSource(server)
                for await _ in source.readyStates {}
                await #expect(throws: EventStreamError.self) { try await source.messages.data() }
                #expect(
                    await source.errors.reduce(into: []) { $0.append($1.code) } == [.refused])
                for await _ in source.opens { Issue.record("it never was open") }
                let messages = source.messages
                source.close()
                #expect(source.error?.code == .refused, "closing does not change why")
                #expect(try await messages.data() == [])
            }
        }

        @Test func aURLThatCannotBeUsedClosesTheSource() async throws {
            let transport = ScriptedTransport([])
            let source = EventSource(
                url: try .test("ftp://127.0.0.1/feed"), configuration: .test(transport))
            for await _ in source.readyStates {}
            #expect(source.error?.code == .invalidRequest)
            #expect(transport.requests.isEmpty)
        }
    }
}
