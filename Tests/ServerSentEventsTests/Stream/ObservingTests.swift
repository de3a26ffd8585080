import Foundation
import Locking
import Testing

@testable import ServerSentEvents

/// Closures of the app see what happens, and have a say in it.
@Suite struct ObservingTests {
    /// What a closure was told.
    private final class Notes: Sendable {
        private let lines = Protected<[String]>([])

        var all: [String] { lines.withLock { $0 } }

        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private let clock = ImmediateClock()
    private let seen = Notes()

    private let answers: [ScriptedTransport.Answer] = [
        { $0.status(503) },
        { $0.stream(":a\n", "id: 1\ndata: one\n\n:b\n\ndata: two\n\n") },
        { $0.stream(":c\n", "data: three\n\nevent: end\ndata:\n\n") },
    ]

    private let lines = [
        "connecting 1", "disconnected refused 3.0",
        "connecting 2", "open 200", "comment a", "event one", "comment b", "event two",
        "disconnected connectionFailed 3.0",
        "connecting 1", "open 200", "comment c", "event three",
    ]

    private func stream(
        _ answers: [ScriptedTransport.Answer],
        configure: (inout EventStream.Configuration) -> Void
    ) throws -> EventStream {
        try scripted(on: clock, answers) { configuration in
            configuration.terminator = .type("end")
            configure(&configuration)
        }.0
    }

    private func observed() throws -> EventStream {
        try stream(answers) { configuration in
            configuration.observe = { [seen] update in seen.add(update.line) }
        }
    }

    @Test func aLoopOverEventsIsObserved() async throws {
        let events = try await observed().all()
        #expect(events.map(\.data) == ["one", "two", "three"])
        #expect(seen.all == lines)
    }

    @Test func aLoopOverUpdatesIsObserved() async throws {
        var updates: [String] = []
        for try await update in try observed().updates { updates.append(update.line) }
        #expect(updates == lines)
        #expect(seen.all == lines)
    }

    /// An event is told before the loop has it, and none before the loop asks.
    @Test func itIsInOrderWithTheLoop() async throws {
        var events = try observed().makeAsyncIterator()
        for data in ["one", "two", "three"] {
            #expect(try await events.next()?.data == data)
            #expect(seen.all.last == "event \(data)")
        }
        #expect(try await events.next() == nil)
        #expect(seen.all.last == "event three")
    }

    // MARK: The last word on reconnections

    @Test func theDelayIsReplaced() async throws {
        let stream = try stream(answers) { configuration in
            configuration.reviewReconnection = { [seen] disconnect in
                let reason = disconnect.reason
                seen.add("\(reason.code) \(disconnect.retryAfter.seconds)")
                // A connection that delivered an event is none that failed.
                return reason.attempts == 0 ? .zero : .seconds(60)
            }
        }
        #expect(try await stream.all().count == 3)
        #expect(seen.all == ["refused 3.0", "connectionFailed 3.0"])
        // Never a busy loop.
        #expect(clock.sleeps == [.seconds(60), .milliseconds(100)])
    }

    @Test func givingUpFailsWithTheReason() async throws {
        let stream = try stream(answers) { $0.reviewReconnection = { _ in nil } }
        let (error, events) = try await stream.failure()
        #expect((error.code, error.response?.status, error.attempts) == (.refused, 503, 1))
        #expect(events.isEmpty)
        #expect(clock.sleeps.isEmpty)
    }

    @Test func itIsNotAskedWhereThePolicyGivesUp() async throws {
        let stream = try stream([{ $0.status(404) }]) { configuration in
            configuration.reviewReconnection = { _ in
                Issue.record("asked")
                return .zero
            }
        }
        #expect(try await stream.failure().error.code == .refused)
    }
}
