import MockServer
import ServerSentEvents
import Testing

/// The ready-made scripts, as a stream receives them: in memory, where they take no time.
@Suite(.timeLimit(.minutes(1)))
struct ReadyMadeTests {
    /// A stream that plays a script on a clock that runs as fast as it is slept on.
    private func updates(
        of script: Script, until isLast: (EventStream.Update) -> Bool
    ) async throws -> [EventStream.Update] {
        let clock = ManualClock()
        return try await MockEventServer.run(clock: clock, waitLimit: .seconds(30)) { server in
            server.script(script)
            var configuration = EventStream.Configuration()
            configuration.transport = server.transport
            configuration.clock = clock
            configuration.timeouts.open = nil
            configuration.timeouts.idle = nil
            let stream = EventStream(url: server.url("/feed"), configuration: configuration)
            let ticking = Task {
                while true {
                    try await clock.sleepers(1, within: .seconds(30))
                    clock.advanceToNextSleeper()
                }
            }
            defer { ticking.cancel() }
            var updates: [EventStream.Update] = []
            for try await update in stream.updates {
                updates.append(update)
                if isLast(update) { break }
            }
            return updates
        }
    }

    private func events(
        of reply: Reply..., until last: String? = nil
    ) async throws -> [ServerSentEvent] {
        let all = try await updates(of: ["/feed": reply]) { update in
            if case .event(let event) = update { event.data == last } else { false }
        }
        return all.compactMap { if case .event(let event) = $0 { event } else { nil } }
    }

    @Test func theTickerCounts() async throws {
        let events = try await events(of: .ticker(5), until: "5")
        #expect(events.map(\.data) == ["1", "2", "3", "4", "5"])
        #expect(events.map(\.lastEventID) == ["1", "2", "3", "4", "5"])
    }

    @Test func fourKindsOfEventStopAfterThirty() async throws {
        let events = try await events(of: .randomEvents(), .status(204))
        #expect(events.count == 30)
        #expect(Set(events.map(\.type)) == ["message", "price", "news", "alert"])
        #expect(events.map(\.lastEventID) == (1...30).map(String.init))
    }

    @Test func theSeedDecides() {
        #expect(Reply.randomEvents(seed: 7) == .randomEvents(seed: 7))
        #expect(Reply.randomEvents(seed: 7) != .randomEvents(seed: 8))
    }

    @Test func commentsKeepAQuietStreamAlive() async throws {
        let all = try await updates(of: ["/feed": [.keepAlive(3)]]) { update in
            if case .event(let event) = update { event.data == "after" } else { false }
        }
        let lines = all.compactMap { update -> String? in
            switch update {
            case .event(let event): event.data
            case .comment(let text): ":\(text)"
            default: nil
            }
        }
        #expect(lines == ["before", ":keep-alive", ":keep-alive", ":keep-alive", "after"])
    }

    @Test func theEndIsAnEvent() async throws {
        let events = try await events(of: .endingInBand(["a", "b"]), until: "[DONE]")
        #expect(events.map(\.data) == ["a", "b", "[DONE]"])
    }

    @Test func burstsComeWhole() async throws {
        let events = try await events(of: .bursts(2, of: 3), until: "6")
        #expect(events.map(\.lastEventID) == ["1", "2", "3", "4", "5", "6"])
        let one = Step.raw("id: 1\ndata: 1\n\nid: 2\ndata: 2\n\n")
        #expect(Reply.bursts(1, of: 2) == .stream([one, .hold]))
    }

    @Test func theOrdersAreResumed() async throws {
        let all = try await updates(of: .orders(on: "/feed")) { update in
            if case .event(let event) = update { event.type == "closed" } else { false }
        }
        var ids: [String] = []
        var attempts = 0
        for update in all {
            if case .event(let event) = update, event.type != "closed" {
                ids.append(event.lastEventID)
            }
            if case .connecting = update { attempts += 1 }
        }
        #expect(ids == ["1", "2", "3", "4", "5", "6"])
        #expect(attempts == 4)
    }

    @Test(arguments: [0, -1, .min])
    func nothingIsNothing(count: Int) {
        #expect(Reply.ticker(count) == .stream([.hold]))
        #expect(Reply.randomEvents(count) == .stream([.end]))
        #expect(Reply.bursts(count) == .stream([.hold]))
        #expect(Reply.bursts(1, of: count) == .stream([.raw(""), .hold]))
    }
}
