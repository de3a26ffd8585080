import Locking
import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Networks that say nothing, neither a byte nor that they are gone.
    @Suite struct SilenceTests {
        private let clock = ManualClock()

        #if os(Linux)
            enum Moment: CaseIterable {
                case beforeTheHead, betweenEvents, insideAnEvent

                /// What goes over the wire before the network is cut, and what no longer arrives.
                var reply: Reply {
                    let one = Step.event("one", id: "1")
                    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                    return switch self {
                    case .beforeTheHead:
                        .bytes(
                            steps: [.mark("cut"), .gate("cut"), .raw(head), .mark("sent"), .stall])
                    case .betweenEvents:
                        .stream([
                            one, .mark("cut"), .gate("cut"), .event("two", id: "2"),
                            .mark("sent"), .stall,
                        ])
                    case .insideAnEvent:
                        .stream([
                            one, .raw("id: 2\ndata: t"), .mark("cut"), .gate("cut"),
                            .raw("wo\n\n"), .mark("sent"), .stall,
                        ])
                    }
                }
            }

            /// Tells when the unfinished event is here: what the client reads only after the clock was
            /// moved would be a sign of life.
            private static func arrival(
                reportedTo configuration: inout EventStream.Configuration
            ) -> AsyncStream<Void> {
                let (arrivals, report) = AsyncStream.makeStream(of: Void.self)
                let body = Protected<[UInt8]>([])
                configuration.observePart = { part in
                    guard case .chunks(let chunks) = part else { return }
                    let text = body.withLock { body in
                        body += chunks.joined()
                        return String(decoding: body, as: UTF8.self)
                    }
                    if text.hasSuffix("data: t") { report.yield() }
                }
                return arrivals
            }

            @Test(arguments: TestedTransport.overSockets, Moment.allCases)
            func aNetworkThatIsCutIsLeftAfterTheTimeout(
                _ tested: TestedTransport, _ moment: Moment
            ) async throws {
                let isOpen = moment != .beforeTheHead
                let attempt = isOpen ? 1 : 2
                try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                    server.script(
                        "/feed", [moment.reply, .stream([.event("two", id: "2"), .hold])])
                    var configuration = EventStream.Configuration.test(
                        tested.transport, clock: clock)
                    configuration.timeouts.open = .seconds(60)
                    configuration.timeouts.idle = .seconds(300)
                    let arrivals = Self.arrival(reportedTo: &configuration)
                    let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                    var updates = stream.updates.makeAsyncIterator()
                    #expect(try await updates.next()?.line == "connecting 1")
                    if isOpen {
                        #expect(try await updates.next()?.line == "open 200")
                        #expect(try await updates.next()?.line == "event one")
                    }

                    async let time: Void = {
                        let connection = try await server.connection(1, on: "/feed")
                        try await connection.reached("cut")
                        if moment == .insideAnEvent {
                            var arrivals = arrivals.makeAsyncIterator()
                            await arrivals.next()
                        }
                        #expect(try Network.cut(port: server.port) == 2)
                        // The server goes on, and sends into the void.
                        server.openGate("cut")
                        try await connection.reached("sent")
                        try await clock.sleepers(1, within: .seconds(30))
                        clock.advance(by: isOpen ? .seconds(300) : .seconds(60))
                        try await clock.sleepers(1, within: .seconds(30))
                        clock.advance(by: .seconds(3))
                    }()
                    let end = try await updates.next()?.line
                    try #require(end == "disconnected timedOut 3.0")
                    #expect(try await updates.next()?.line == "connecting \(attempt)")
                    #expect(try await updates.next()?.line == "open 200")
                    #expect(try await updates.next()?.line == "event two")
                    try await time
                    let request = try await server.connection(2, on: "/feed").request
                    #expect(request.lastEventID == (isOpen ? "1" : nil))
                }
            }

            @Test(arguments: TestedTransport.overSockets)
            func aConnectWithoutAnAnswerTimesOut(_ tested: TestedTransport) async throws {
                let listener = try RawListener(.crowded)
                var configuration = EventStream.Configuration.test(tested.transport, clock: clock)
                configuration.timeouts.open = .seconds(60)
                configuration.reconnection?.maximumAttempts = 2
                let stream = EventStream(url: listener.url, configuration: configuration)
                async let failure = stream.failure()
                for wait in [60, 3, 60] {
                    try await clock.sleepers(1, within: .seconds(30))
                    clock.advance(by: .seconds(wait))
                }
                let (error, _) = try await failure
                #expect(error.code == .timedOut)
                #expect(error.attempts == 2)
            }
        #endif

        /// A comment a nanosecond before the limit makes the time begin anew, and not a nanosecond
        /// later than it came.
        @Test(arguments: TestedTransport.allCases, [": quiet\n\n", ":\n", "\n", "data: unfin"])
        func anyByteKeepsAQuietStreamAlive(_ tested: TestedTransport, sign: String) async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script(
                    "/feed",
                    [
                        .stream([
                            .comment("1"), .gate("sign"), .raw(sign), .mark("sent"), .stall,
                        ]),
                        .status(204),
                    ])
                var configuration = tested.configuration(for: server, clock: clock)
                configuration.timeouts.idle = .seconds(300)
                let (signs, report) = AsyncStream.makeStream(of: Void.self)
                configuration.observePart = { part in
                    if case .chunks = part { report.yield() }
                }
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                let task = Task {
                    var lines: [String] = []
                    for try await update in stream.updates { lines.append(update.line) }
                    return lines.filter { $0.hasPrefix("disconnected") }
                }
                var parts = signs.makeAsyncIterator()
                await parts.next()
                try await clock.sleepers(1, within: .seconds(30))
                clock.advance(by: .seconds(300) - .nanoseconds(1))
                server.openGate("sign")
                await parts.next()
                // The watchdog looks, sees the sign, and sleeps until the time is up again.
                let end = ManualClock.Instant(offset: .seconds(600) - .nanoseconds(1))
                clock.advance(by: .nanoseconds(1))
                try await clock.sleepers(1, within: .seconds(30))
                #expect(clock.deadlines == [end])
                #expect(server.journal.count == 1)
                clock.advance(by: clock.now.duration(to: end))
                try await clock.sleepers(1, within: .seconds(30))
                clock.advance(by: .seconds(3))
                #expect(try await task.value == ["disconnected timedOut 3.0"])
                #expect(server.journal.count == 2)
            }
        }
    }
}
