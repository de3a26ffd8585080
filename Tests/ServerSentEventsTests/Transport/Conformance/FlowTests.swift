import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// What happens while the channel is full and the transport is asked to pause.
    @Suite struct FlowTests {
        /// A stream that is full after the first twenty events, and what tells that it is.
        private func stream(
            from server: MockEventServer, over tested: TestedTransport
        ) -> (EventStream, WatchedTransport) {
            let transport = WatchedTransport(tested.transport)
            var configuration = tested.configuration
            configuration.transport = transport
            configuration.reconnection = .never
            configuration.limits.bufferLow = 2_000
            configuration.limits.bufferHigh = 8_000
            return (
                EventStream(url: server.url("/feed"), configuration: configuration), transport
            )
        }

        private func events(_ numbers: ClosedRange<Int>) -> [Step] {
            numbers.map { .event("\($0) " + String(repeating: "x", count: 1000)) }
        }

        enum End: CaseIterable {
            case complete, cut, reset

            var step: Step {
                switch self {
                case .complete: .end
                case .cut: .drop(.fin)
                case .reset: .drop(.reset)
                }
            }
        }

        /// URLSession on Linux forgets what it holds back when it learns of a reset; what is lost then is
        /// the end of the answer, and never something in between.
        @Test(arguments: TestedTransport.overSockets, End.allCases)
        func anEndWhilePausedComesAfterAllThatWasSent(
            _ tested: TestedTransport, _ end: End
        ) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [.stream(events(1...20) + [.gate("rest")] + events(21...50) + [end.step])])
                let (stream, transport) = stream(from: server, over: tested)
                var events = stream.makeAsyncIterator()
                let first = try await events.next()
                #expect(first?.number == 1)
                await transport.pulled(.pause)
                server.openGate("rest")
                try await server.connection(1, on: "/feed").ended()
                var last = 1
                var failure: EventStreamError?
                do throws(EventStreamError) {
                    while let event = try await events.next() {
                        #expect(event.number == last + 1)
                        last += 1
                    }
                } catch {
                    failure = error
                }
                #expect(failure?.code == (end == .complete ? nil : .connectionFailed))
                if tested.survivesResets || end != .reset { #expect(last == 50) }
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func leavingWhilePausedCloses(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream(events(1...50) + [.hold])])
                let (stream, transport) = stream(from: server, over: tested)
                do {
                    var events = stream.makeAsyncIterator()
                    let first = try await events.next()
                    #expect(first?.number == 1)
                    await transport.pulled(.pause)
                }
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func cancellingWhilePausedCloses(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream(events(1...50) + [.hold])])
                let (stream, transport) = stream(from: server, over: tested)
                let task = Task {
                    var events = stream.makeAsyncIterator()
                    let first = try await events.next()?.number
                    await transport.pulled(.pause)
                    withUnsafeCurrentTask { $0?.cancel() }
                    return (first, try await events.next()?.number)
                }
                let (first, second) = try await task.value
                #expect(first == 1)
                #expect(second == nil)
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func aPausedStreamDoesNotHoldUpAnother(_ tested: TestedTransport) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream(events(1...50) + [.hold])])
                server.script(
                    "/other", [.stream([.event("one"), .gate("next"), .event("two"), .hold])])
                let (stream, transport) = stream(from: server, over: tested)
                var events = stream.makeAsyncIterator()
                let first = try await events.next()
                #expect(first?.number == 1)
                await transport.pulled(.pause)
                var others = EventStream(
                    url: server.url("/other"), configuration: tested.configuration
                ).makeAsyncIterator()
                #expect(try await others.next()?.data == "one")
                server.openGate("next")
                #expect(try await others.next()?.data == "two")
                #expect(try await events.next()?.number == 2)
            }
        }

        /// Eight times what a stream keeps at most: without IDs, one that cannot pause has to fail.
        @Test(arguments: TestedTransport.overSockets.filter(\.pauses))
        func aFloodWithoutIDsIsHeldBack(_ tested: TestedTransport) async throws {
            let text = String(repeating: "x", count: 64 * 1024)
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed", [.stream([.event("first"), .event(text).repeated(256), .end])])
                let transport = WatchedTransport(tested.transport)
                var configuration = tested.configuration
                configuration.transport = transport
                configuration.reconnection = .never
                configuration.limits.bufferLow = 16 * 1024
                configuration.limits.bufferHigh = 128 * 1024
                configuration.limits.bufferMaximum = 2 * 1024 * 1024
                var events = EventStream(url: server.url("/feed"), configuration: configuration)
                    .makeAsyncIterator()
                let first = try await events.next()
                #expect(first?.data == "first")
                await transport.pulled(.pause)
                var rest = 0
                while let event = try await events.next() {
                    if event.data == text { rest += 1 }
                }
                #expect(rest == 256)
            }
        }
    }
}

extension ServerSentEvent {
    /// The number that its data begins with.
    fileprivate var number: Int? { Int(data.prefix { $0 != " " }) }
}
