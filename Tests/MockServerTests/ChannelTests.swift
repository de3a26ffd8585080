import Dispatch
import Testing

@testable import MockServer

/// A live channel: who gets what, and what a slow or a leaving client means for the others.
@Suite(.timeLimit(.minutes(1)))
struct ChannelTests {
    private static func subscriber(
        of path: String = "/room", on server: MockEventServer, lastEventID: String? = nil
    ) async throws -> RawClient {
        let headers = lastEventID.map { ["Last-Event-ID: \($0)"] } ?? []
        return try await RawClient.get(path, from: server.port, headers: headers)
    }

    @Test func everySubscriberGetsEveryEvent() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            #expect(room.send(.event("to nobody")) == 0)
            var clients: [RawClient] = []
            for _ in 0..<3 { clients.append(try await Self.subscriber(on: server)) }
            let connections = try await room.subscribers(atLeast: 3)
            #expect(connections.map(\.number) == [1, 2, 3])
            #expect(room.subscriberCount == 3)
            #expect(room.send(.event("one", type: "greeting", id: "1")) == 3)
            #expect(room.send(.comment("still here")) == 3)
            for client in clients {
                let text = await client.receive(until: ": still here\n\n\r\n")
                let (head, body) = split(text)
                #expect(head.contains("Content-Type: text/event-stream\r\n"))
                #expect(
                    chunks(body).chunks
                        == ["id: 1\nevent: greeting\ndata: one\n\n", ": still here\n\n"])
            }
            let entry = try #require(server.journal.first)
            #expect(entry.sent == [#""one" type=greeting id=1"#, "comment \"still here\""])
        }
    }

    @Test(
        arguments: [
            (Channel.Log.all, "1", ["2", "3", "4"]), (.all, "3", ["4"]), (.all, "4", []),
            (.all, "unknown", ["1", "2", "3", "4"]), (.all, nil, []),
            (.last(2), "1", ["3", "4"]), (.last(2), "3", ["4"]), (.none, "1", []),
        ] as [(Channel.Log, String?, [String])])
    func aClientThatComesBackGetsWhatItMissed(
        log: Channel.Log, lastEventID: String?, missed: [String]
    ) async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room", log: log)
            for number in 1...4 {
                room.send(.event("data \(number)", id: "\(number)"))
                room.send(.comment("not kept"))
            }
            let client = try await Self.subscriber(on: server, lastEventID: lastEventID)
            try await room.subscribers(atLeast: 1)
            room.send(.event("live"))
            let (_, body) = split(await client.receive(until: "live\n\n\r\n"))
            let expected = missed.map { "id: \($0)\ndata: data \($0)\n\n" } + ["data: live\n\n"]
            #expect(chunks(body).chunks == expected)
        }
    }

    @Test(arguments: [Step.raw(""), .event("one").cut(afterBytes: 0)])
    func aStepWithoutBytesWritesNothing(step: Step) async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            let client = try await Self.subscriber(on: server)
            try await room.subscribers(atLeast: 1)
            #expect(room.send(step) == 1)
            #expect(room.send(.event("two")) == 1)
            let (_, body) = split(await client.receive(until: "two\n\n\r\n"))
            #expect(chunks(body).chunks == ["data: two\n\n"])
        }
    }

    @Test func whoLeavesIsGone() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            let first = try await Self.subscriber(on: server)
            let second = try await Self.subscriber(on: server)
            try await room.subscribers(atLeast: 2)
            room.send(.event("one"))
            _ = await first.receive(until: "one\n\n\r\n")
            await first.close()
            try await room.subscribers(atMost: 1)
            #expect(room.send(.event("two")) == 1)
            #expect(await second.receive(until: "two\n\n\r\n").contains("two"))
            await second.close()
            #expect(try await room.subscribers(atMost: 0).isEmpty)
        }
    }

    @Test func aSlowSubscriberDelaysNobodyAndLosesNothing() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room", queueLimit: 8 << 20)
            let slow = try await RawClient.connect(to: server.port, receiveBuffer: 4_096)
            try await slow.send(RawClient.request("/room", headers: ["Connection: close"]))
            let connection = try #require(try await room.subscribers(atLeast: 1).first)
            // Until the kernel takes no more of it, and by far.
            var count = 1
            while room.send(.padding(65_536)) == 1, count < 1_000 { count += 1 }
            #expect(count < 1_000)
            for _ in 0..<16 { room.send(.padding(65_536)) }
            count += 16

            let fast = try await Self.subscriber(on: server)
            try await room.subscribers(atLeast: 2)
            #expect(room.send(.event("two")) == 1)
            #expect(await fast.receive(until: "two\n\n\r\n").contains("two"))

            // Nothing lands inside what is half out.
            async let mine: Void = connection.send(.event("mine"))
            async let received = slow.receiveAll()
            try await mine
            room.end()
            let all = chunks(String(decoding: split(await received.bytes).body, as: UTF8.self))
            #expect(all.isComplete)
            #expect(all.chunks.count == count + 2)
            #expect(Set(all.chunks.suffix(2)) == ["data: two\n\n", "data: mine\n\n"])
        }
    }

    @Test func whoDoesNotReadIsDroppedOverItsLimit() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room", queueLimit: 200_000)
            let slow = try await Self.subscriber(on: server)
            let connection = try #require(try await room.subscribers(atLeast: 1).first)
            var count = 0
            while connection.journalEntry.ending == nil, count < 1_000 {
                room.send(.padding(65_536))
                count += 1
            }
            let ending = try await connection.ended()
            #expect((ending.by, ending.cause) == (.server, .overflow))
            #expect("\(connection.journalEntry)".hasSuffix("of its channel's queue"))
            try await room.subscribers(atMost: 0)
            // It has what went out, then a FIN and no end of the chunks.
            let answer = await slow.receiveAnswer()
            #expect(answer.end == .fin)
            #expect(!chunks(answer.body).isComplete)
        }
    }

    @Test(arguments: Step.Drop.allCases)
    func allAreDroppedAndMayComeBack(drop: Step.Drop) async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            let first = try await Self.subscriber(on: server)
            try await room.subscribers(atLeast: 1)
            room.send(.event("one", id: "1"))
            #expect(await first.receive(until: "one\n\n\r\n").contains("one"))
            await room.drop(drop)
            #expect(room.subscriberCount == 0)
            let end = await first.receiveAll()
            #expect(end.bytes.isEmpty)
            #expect(end.end == (drop == .fin ? .fin : .reset))
            room.send(.event("two", id: "2"))
            let second = try await Self.subscriber(on: server, lastEventID: "1")
            let (_, body) = split(await second.receive(until: "two\n\n\r\n"))
            #expect(chunks(body).chunks == ["id: 2\ndata: two\n\n"])
        }
    }

    @Test func endingEndsCleanly() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            let client = try await Self.subscriber(on: server)
            try await room.subscribers(atLeast: 1)
            room.send(.event("one"))
            room.end()
            #expect(room.send(.event("to nobody")) == 0)
            let ending = try await server.connection(1, on: "/room").ended()
            #expect((ending.by, ending.cause) == (.server, .complete))
            await client.finishWriting()
            let answer = await client.receiveAnswer()
            #expect(chunks(answer.body).chunks == ["data: one\n\n"])
            #expect(chunks(answer.body).isComplete)
        }
    }

    @Test(
        arguments: [
            (.hold, ".hold writes nothing"),
            (.event("a").dribbled(1, every: .zero), "is dribbled, and a channel does not wait"),
            (.event("a").repeated(2), "is repeated; send it as often as it is needed"),
            (.event("a").cut(afterBytes: 99), "the cut is beyond its 9 bytes"),
        ] as [(Step, String)])
    func aStepThatMakesNoSenseIsAnIssue(step: Step, text: String) async throws {
        let server = try MockEventServer()
        let room = server.channel("/room")
        #expect(room.send(step) == 0)
        let issue = try #require(server.issues.first)
        #expect(issue.kind == .invalidScript)
        #expect(issue.message.hasPrefix("/room, sent on the channel: "))
        #expect(issue.message.contains(text))
        let error = await #expect(throws: MockServerError.self) {
            try await room.subscribers(atLeast: 1)
        }
        #expect(error?.code == .invalidScript)
        await server.stop()
    }

    @Test func aWaitThatTookTooLongExplains() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            let client = try await Self.subscriber(on: server)
            try await room.subscribers(atLeast: 1)
            let error = await #expect(throws: MockServerError.self) {
                try await room.subscribers(atLeast: 2, within: .milliseconds(10))
            }
            #expect(error?.code == .timedOut)
            let text = error?.description ?? ""
            let first =
                "MockEventServer: waited 10 ms for at least 2 subscribers of /room; 1 there."
            #expect(text.hasPrefix(first))
            #expect(text.contains("#1 GET /room  last-event-id: -   200"))
            await client.close()
        }
    }

    @Test func aHandlerMayLetSomeIn() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            server.handle("/guarded") { connection in
                if connection.request.lastEventID == nil {
                    try await connection.respond(.status(401))
                } else {
                    try await room.serve(connection)
                }
            }
            let stranger = try await Self.subscriber(of: "/guarded", on: server)
            #expect(await stranger.receive(until: "\r\n\r\n").contains(" 401 "))
            let known = try await Self.subscriber(of: "/guarded", on: server, lastEventID: "0")
            try await room.subscribers(atLeast: 1)
            #expect(room.send(.event("one")) == 1)
            #expect(await known.receive(until: "one\n\n\r\n").contains("one"))
        }
    }

    @Test func aHeadRequestIsNoSubscriber() async throws {
        try await MockEventServer.run { server in
            let room = server.channel("/room")
            let client = try await RawClient.connect(to: server.port)
            try await client.send(RawClient.request("/room", method: "HEAD"))
            #expect(await client.receive(until: "\r\n\r\n").contains("text/event-stream"))
            try await server.connection(1, on: "/room").ended()
            #expect(room.subscriberCount == 0)
        }
    }

    @Test func aHubSendsToAllWhatOnePublishes() async throws {
        try await MockEventServer.run { server in
            let room = server.hub("/events", publish: "/facts")
            let client = try await Self.subscriber(of: "/events", on: server)
            try await room.subscribers(atLeast: 1)
            for fact in ["swifts", "sleep"] {
                let publisher = try await RawClient.connect(to: server.port)
                let head = "POST /facts HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n"
                try await publisher.send(head + fact.padding(to: 6))
                #expect(await publisher.receive(until: "\r\n\r\n1\n").contains(" 200 "))
            }
            let (_, body) = split(await client.receive(until: "sleep.\n\n\r\n"))
            #expect(
                chunks(body).chunks == ["id: 1\ndata: swifts\n\n", "id: 2\ndata: sleep.\n\n"])
        }
    }

    @Test func aHubSendsInTheOrderOfItsNumbers() async throws {
        try await MockEventServer.run { server in
            let room = server.hub("/events", publish: "/facts")
            let client = try await Self.subscriber(of: "/events", on: server)
            try await room.subscribers(atLeast: 1)
            let count = 500
            // As many publishers at once as there are cores.
            DispatchQueue.concurrentPerform(iterations: count) { _ in _ = room.publish("fact") }
            room.send(.event("last"))
            let (_, body) = split(await client.receive(until: "last\n\n\r\n"))
            let numbers = chunks(body).chunks.dropLast().map { $0.prefix { $0 != "\n" } }
            #expect(numbers == (1...count).map { "id: \($0)" })
        }
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: ".", count: count - self.count)
    }
}
