import Foundation
import Synchronization
import Testing

@testable import ServerSentEvents

@Suite struct EventStreamTests {
    private func stream(
        _ answers: [ScriptedTransport.Answer],
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) throws -> (EventStream, ScriptedTransport) {
        try scripted(answers, configure: configure)
    }

    // MARK: Ending

    @Test func status204EndsTheStream() async throws {
        let (stream, transport) = try stream([{ $0.status(204) }])
        var events = stream.makeAsyncIterator()
        #expect(try await events.next() == nil)
        #expect(try await events.next() == nil, "and it stays ended")
        #expect(transport.requests.count == 1)
    }

    @Test func aFailedStreamStaysEnded() async throws {
        let (stream, transport) = try stream([{ $0.status(404) }])
        var events = stream.makeAsyncIterator()
        await #expect(throws: EventStreamError.self) { try await events.next() }
        #expect(try await events.next() == nil)
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        EventStream.Terminator.data("[DONE]"), .type("done"), .id("-1"),
        .where { $0.data.hasPrefix("[D") },
    ])
    func terminatorEndsTheStreamAndIsNotDelivered(terminator: EventStream.Terminator) async throws {
        let (stream, transport) = try stream([
            { $0.open(["id: 1\ndata: one\n\nid: -1\nevent: done\ndata: [DONE]\n\ndata: late\n\n"]) }
        ]) { $0.terminator = terminator }
        #expect(try await stream.all().map(\.data) == ["one"])
        #expect(transport.connections.first?.reins.pulls == [.close])
    }

    @Test func nothingIsDeliveredAfterTheTerminator() async throws {
        let answer: ScriptedTransport.Answer = {
            $0.open(["data: [DONE]\n\ndata: late\n\n", "data: later\n\n"])
        }
        let (stream, _) = try stream([answer, answer]) { $0.terminator = .data("[DONE]") }
        var events = stream.makeAsyncIterator()
        #expect(try await events.next() == nil)
        #expect(try await events.next() == nil)
        var updates = stream.updates.makeAsyncIterator()
        while let update = try await updates.next() { #expect(update.line != "event late") }
        #expect(try await updates.next() == nil)
    }

    @Test func anEndBeforeTheTerminatorIsTruncated() async throws {
        let (stream, _) = try stream([{ $0.stream("data: one\n\n") }]) {
            $0.terminator = .data("[DONE]")
            $0.reconnection = .never
        }
        let (error, events) = try await stream.failure()
        #expect(error.code == .truncated)
        #expect(events.map(\.data) == ["one"])
    }

    @Test func leavingTheLoopClosesTheConnection() async throws {
        let (stream, transport) = try stream([{ $0.open(["data: one\n\ndata: two\n\n"]) }])
        for try await _ in stream { break }
        #expect(transport.connections.first?.reins.pulls == [.close])
    }

    @Test func droppingTheIteratorClosesTheConnection() async throws {
        let (stream, transport) = try stream([{ $0.open(["data: one\n\n"]) }])
        do {
            var events = stream.makeAsyncIterator()
            _ = try await events.next()
            #expect(transport.connections.first?.reins.pulls == [])
        }
        #expect(transport.connections.first?.reins.pulls == [.close])
    }

    @Test func cancellingEndsTheLoopWithoutAnError() async throws {
        let (received, receive) = AsyncStream.makeStream(of: Void.self)
        let (stream, transport) = try stream([{ $0.open(["data: one\n\n"]) }])
        let task = Task {
            var count = 0
            for try await _ in stream {
                count += 1
                receive.yield()
            }
            return count
        }
        for await _ in received { break }
        task.cancel()
        #expect(try await task.value == 1)
        #expect(transport.connections.first?.reins.pulls == [.close])
    }

    @Test func aCancelledTaskGetsNothingThatIsBuffered() async throws {
        let (stream, transport) = try stream([{ $0.open(["data: one\n\ndata: two\n\n"]) }])
        let task = Task {
            var events = stream.makeAsyncIterator()
            let first = try await events.next()
            withUnsafeCurrentTask { $0?.cancel() }
            return (first?.data, try await events.next()?.data)
        }
        #expect(try await task.value == ("one", nil))
        #expect(transport.connections.first?.reins.pulls == [.close])
    }

    @Test func eachIteratorHasAConnectionOfItsOwn() async throws {
        let (stream, transport) = try stream([
            { $0.stream("data: one\n\n") }, { $0.stream("data: two\n\n") },
        ]) { $0.reconnection = .never }
        var first = stream.makeAsyncIterator()
        var second = stream.makeAsyncIterator()
        #expect(try await first.next()?.data == "one")
        #expect(try await second.next()?.data == "two")
        #expect(transport.requests.count == 2)
    }

    // MARK: Limits

    @Test func anIDOfTheCallersDoesNotMakeAStreamResumable() async throws {
        let (stream, transport) = try stream([
            { channel in channel.open((1...100).map { "data: \($0)\n\n" }) }
        ]) {
            $0.lastEventID = "7"
            $0.limits.bufferLow = 100
            $0.limits.bufferHigh = 1000
            $0.limits.bufferMaximum = 2000
        }
        let (error, _) = try await stream.failure()
        #expect(error.code == .bufferOverflow)
        #expect(transport.requests.count == 1)
    }

    @Test func anErrorIsThrownOnce() async throws {
        let (stream, _) = try stream([{ $0.open(["data: " + String(repeating: "x", count: 99)]) }])
        {
            $0.limits.eventSize = 10
        }
        var events = stream.makeAsyncIterator()
        await #expect(throws: EventStreamError.self) { try await events.next() }
        #expect(try await events.next() == nil)
    }

    @Test func anOversizedEventIsATypedError() async throws {
        let (stream, transport) = try stream([
            { $0.open(["data: one\n\n", "data: " + String(repeating: "x", count: 2000)]) }
        ]) { $0.limits.eventSize = 1000 }
        let (error, events) = try await stream.failure()
        #expect(error.code == .eventTooLarge)
        #expect(events.map(\.data) == ["one"])
        #expect(transport.connections.first?.reins.pulls == [.close])
    }

    @Test func aFullBufferIsDrainedAndAskedForAgain() async throws {
        let (stream, transport) = try stream([
            { channel in
                channel.open((1...100).map { "id: \($0)\ndata: \($0)\n\n" })
            },
            { $0.stream("id: x\ndata: x\n\n") },
            { $0.status(204) },
        ]) {
            $0.limits.bufferLow = 100
            $0.limits.bufferHigh = 1000
            $0.limits.bufferMaximum = 2000
        }
        let events = try await stream.all().map(\.data)
        let kept = events.count - 1
        #expect((10..<100).contains(kept))
        #expect(events == (1...kept).map(String.init) + ["x"])
        #expect(transport.lastEventIDs.prefix(2) == ["-", String(kept)])
    }

    @Test func aFullBufferWithoutIDsIsATypedError() async throws {
        let (stream, transport) = try stream([
            { channel in channel.open((1...100).map { "data: \($0)\n\n" }) }
        ]) {
            $0.limits.bufferLow = 100
            $0.limits.bufferHigh = 1000
            $0.limits.bufferMaximum = 2000
        }
        let (error, events) = try await stream.failure()
        #expect(error.code == .bufferOverflow)
        #expect(events.map(\.data) == (1...events.count).map(String.init))
        #expect(transport.requests.count == 1)
    }

    // MARK: Updates

    @Test func updatesComeInOrderWithTheEvents() async throws {
        let (stream, _) = try stream([
            { $0.status(503) },
            { $0.stream(": hi\nid: 1\ndata: one\n\n:bye\n") },
            {
                $0.open([":again\n", "data: two\n\n"]); $0.finish(failing: CancellationError())
            },
            { $0.status(204) },
        ])
        var lines: [String] = []
        for try await update in stream.updates { lines.append(update.line) }
        #expect(
            lines == [
                "connecting 1", "disconnected refused 3.0", "connecting 2", "open 200",
                "comment hi", "event one", "comment bye", "disconnected connectionFailed 3.0",
                "connecting 1", "open 200", "comment again", "event two",
                "disconnected connectionFailed 3.0", "connecting 1",
            ])
    }

    @Test func updatesEndWithTheError() async throws {
        let (stream, _) = try stream([{ $0.status(404) }])
        var updates = stream.updates.makeAsyncIterator()
        #expect(try await updates.next()?.line == "connecting 1")
        await #expect(throws: EventStreamError.self) { try await updates.next() }
        #expect(try await updates.next() == nil)
    }

    @Test func updatesHideTheTerminator() async throws {
        let (stream, _) = try stream([{ $0.open(["data: one\n\ndata: [DONE]\n\n"]) }]) {
            $0.terminator = .data("[DONE]")
        }
        var lines: [String] = []
        for try await update in stream.updates { lines.append(update.line) }
        #expect(lines == ["connecting 1", "open 200", "event one"])
    }
}
