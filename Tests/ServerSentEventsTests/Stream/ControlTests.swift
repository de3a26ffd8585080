import Foundation
import Locking
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A control pauses streams, and has them connect at once.
@Suite(.timeLimit(.minutes(2)))
struct ControlTests {
    private let control = ConnectionControl()

    private func stream(
        _ server: MockEventServer, over tested: TestedTransport = .memory,
        on clock: any Clock<Duration> = ImmediateClock()
    ) -> EventStream {
        var configuration = tested.configuration(for: server, clock: clock)
        configuration.control = control
        return EventStream(url: server.url("/feed"), configuration: configuration)
    }

    /// What a stream delivers, while a task of its own iterates it.
    private func data(of stream: EventStream) -> AsyncThrowingStream<String, any Error> {
        let (data, continuation) = AsyncThrowingStream.makeStream(of: String.self)
        let task = Task {
            do {
                for try await event in stream { continuation.yield(event.data) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return data
    }

    // MARK: Over every transport

    @Test(arguments: TestedTransport.allCases)
    func aPauseClosesAndResumingContinues(_ tested: TestedTransport) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script(
                "/feed",
                [
                    .stream([.event("one", id: "1"), .raw("id: 2\ndata: tw"), .hold]),
                    .stream([.event("two", id: "2"), .hold]),
                ])
            var data = data(of: stream(server, over: tested)).makeAsyncIterator()
            #expect(try await data.next() == "one")
            control.pause()
            #expect(control.isPaused)
            let first = try await server.connection(1, on: "/feed")
            #expect(try await first.ended().by == .client)
            #expect(server.journal.count == 1)
            control.resume()
            #expect(!control.isPaused)
            #expect(try await data.next() == "two")
            let second = try await server.connection(2, on: "/feed")
            #expect(second.request.lastEventID == "1")
            #expect(server.journal.count == 2)
        }
    }

    @Test(arguments: TestedTransport.allCases)
    func aDelayIsCutShort(_ tested: TestedTransport) async throws {
        let clock = ManualClock()
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script("/feed", [.status(503), .stream([.event("one"), .hold])])
            var data = data(of: stream(server, over: tested, on: clock)).makeAsyncIterator()
            try await clock.sleepers(1, within: .seconds(30))
            control.reconnectNow()
            #expect(try await data.next() == "one")
            #expect(clock.deadlines.isEmpty, "the sleep is over as well")
        }
    }

    /// As when the network changes and the server's packets come no more.
    @Test(arguments: TestedTransport.allCases)
    func anOpenConnectionIsReplaced(_ tested: TestedTransport) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script(
                "/feed",
                [
                    .stream([.event("one", id: "1"), .stall]),
                    .stream([.event("two", id: "2"), .hold]),
                ])
            var data = data(of: stream(server, over: tested)).makeAsyncIterator()
            #expect(try await data.next() == "one")
            control.reconnectNow()
            #expect(try await data.next() == "two")
            let second = try await server.connection(2, on: "/feed")
            #expect(second.request.lastEventID == "1")
            #expect(try await server.connection(1, on: "/feed").ended().by == .client)
        }
    }

    @Test func nothingIsLostOrRepeatedHoweverOftenItIsAsked() async throws {
        let count = 300
        try await MockEventServer.run(waitLimit: .seconds(60)) { server in
            server.handle("/feed") { connection in
                let last = Int(connection.request.lastEventID ?? "0") ?? 0
                guard last < count else { return try await connection.respond(.status(204)) }
                for id in (last + 1)...count {
                    try await connection.send(.event("\(id)", id: "\(id)"))
                }
            }
            let stream = stream(server)
            let events = Task { try await stream.all() }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { [control] in
                        for _ in 0..<100 {
                            control.reconnectNow()
                            control.pause()
                            await Task.yield()
                            control.resume()
                        }
                    }
                }
            }
            let all = try await events.value
            #expect(all.map(\.data) == (1...count).map(String.init))
        }
    }

    // MARK: In order

    private let clock = ImmediateClock()

    private func stream(
        _ answers: [ScriptedTransport.Answer],
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) throws -> (EventStream, ScriptedTransport) {
        try scripted(on: clock, answers) { configuration in
            configuration.control = control
            configure(&configuration)
        }
    }

    @Test func whatHasComeIsDeliveredFirst() async throws {
        let (stream, transport) = try stream([
            { $0.open((1...3).map { "id: \($0)\ndata: \($0)\n\n" }) },
            { $0.stream("id: 4\ndata: 4\n\n") },
            { $0.status(204) },
        ])
        var lines: [String] = []
        for try await update in stream.updates {
            lines.append(update.line)
            if update.line == "event 1" { control.reconnectNow() }
        }
        #expect(
            lines == [
                "connecting 1", "open 200", "event 1", "event 2", "event 3",
                "disconnected interrupted 0.0", "connecting 1", "open 200", "event 4",
                "disconnected connectionFailed 3.0", "connecting 1",
            ])
        #expect(transport.lastEventIDs == ["-", "3", "4"])
        #expect(transport.connections[0].reins.pulls == [.close])
    }

    /// The consumer is told of a delay before it begins.
    @Test func aDelayThatHasNotBegunIsLeftOut() async throws {
        let (stream, transport) = try stream([
            { $0.status(503) }, { $0.status(503) }, { $0.status(204) },
        ])
        for try await update in stream.updates {
            if case .disconnected = update { control.reconnectNow() }
        }
        #expect(transport.requests.count == 3)
        #expect(clock.sleeps.isEmpty)
    }

    @Test func aHealthyConnectionThatIsClosedEndsARowOfFailures() async throws {
        let (stream, _) = try stream([
            { $0.status(503) }, { $0.status(503) },
            { $0.open(["id: 1\ndata: 1\n\n"]) }, { $0.status(503) }, { $0.status(204) },
        ])
        for try await event in stream where event.data == "1" { control.reconnectNow() }
        #expect(clock.sleeps == [.seconds(3), .seconds(6), .seconds(3)])
    }

    @Test func aPausedStreamDoesNotEvenBegin() async throws {
        let (stream, transport) = try stream([{ $0.stream("data: 1\n\n") }, { $0.status(204) }])
        control.pause()
        let all = Task { try await stream.all() }
        try await until("the stream does not wait") { control.waitingStreams == 1 }
        control.reconnectNow()
        #expect(control.isPaused)
        try await until("the stream does not wait on") { control.waitingStreams == 1 }
        #expect(transport.requests.isEmpty)
        control.resume()
        #expect(try await all.value.map(\.data) == ["1"])
    }

    @Test func aPauseComesBeforeTheRequestThatIsBeingPrepared() async throws {
        let attempts = Protected<[Int]>([])
        let (stream, transport) = try stream([{ $0.stream("data: 1\n\n") }, { $0.status(204) }]) {
            [control] in
            $0.prepareRequest = { _, attempt in
                if attempts.withLock({ $0.isEmpty }) { control.pause() }
                attempts.withLock { $0.append(attempt.number) }
            }
        }
        let all = Task { try await stream.all() }
        try await until("the stream does not wait") { control.waitingStreams == 1 }
        #expect(transport.requests.isEmpty)
        control.resume()
        #expect(try await all.value.map(\.data) == ["1"])
        #expect(attempts.withLock { $0 } == [1, 1, 1], "prepared anew, and once more for the 204")
    }

    @Test func cancellingEndsAPausedStream() async throws {
        let (stream, transport) = try stream([{ $0.status(204) }])
        control.pause()
        let all = Task { try await stream.all() }
        try await until("the stream does not wait") { control.waitingStreams == 1 }
        all.cancel()
        #expect(try await all.value.isEmpty)
        #expect(transport.requests.isEmpty)
    }

    @Test func aStreamThatMayNotConnectAgainIgnoresItsControl() async throws {
        let (stream, transport) = try stream([{ $0.stream("data: 1\n\n", "data: 2\n\n") }]) {
            $0.reconnection = .never
        }
        control.pause()
        var data: [String] = []
        for try await event in stream {
            data.append(event.data)
            control.reconnectNow()
        }
        #expect(data == ["1", "2"])
        #expect(transport.requests.count == 1)
    }

    @Test func oneControlSteersManyStreamsAndKeepsNone() async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            server.script("/feed", [.stream([.event("one", id: "1"), .hold]), .repeatLast])
            let stream = stream(server)
            do {
                var streams = (0..<10).map { _ in data(of: stream).makeAsyncIterator() }
                for index in streams.indices {
                    #expect(try await streams[index].next() == "one")
                }
                #expect(control.connections == 10)
                control.reconnectNow()
                for index in streams.indices {
                    #expect(try await streams[index].next() == "one")
                }
                #expect(try await server.connection(20, on: "/feed").request.lastEventID == "1")
            }
            for number in 1...20 { try await server.connection(number, on: "/feed").ended() }
            try await until("the control keeps a connection") { control.connections == 0 }
        }
    }
}
