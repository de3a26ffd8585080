import ServerSentEvents
import Testing

@testable import MockServer

/// A connection is awaited, inspected and driven.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    /// Where a script can stand when its client leaves.
    static let standing: [Step] = [
        .hold, .stall, .wait(.seconds(60)), .gate("never"),
        .padding(100).dribbled(1, every: .seconds(60)),
    ]

    @Test(arguments: standing)
    func theClientsCloseIsNoticed(step: Step) async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .mark("there"), step])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.reached("there")
            // Nothing unread is left, so that closing sends a FIN.
            #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
            await client.close()
            let ending = try await connection.ended()
            #expect(ending.by == .client)
            // The first dribbled byte may be unread, and then it is a reset.
            if step.description.hasPrefix(".padding") {
                #expect(ending.bytesSent <= 12)
            } else {
                #expect((ending.cause, ending.bytesSent) == (.fin, 11))
            }
            #expect(ending.at >= .zero)
        }
    }

    @Test func theClientsResetIsNoticed() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .hold])])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "one\n\n\r\n").contains("one"))
            await client.reset()
            let ending = try await server.connection(1, on: "/").ended()
            #expect(ending.by == .client)
            #expect(ending.cause == .reset)
        }
    }

    @Test func aClientThatLeavesInTheMiddleOfAWriteIsNoticed() async throws {
        try await MockEventServer.run { server in
            let count = 16 << 20
            server.script("/", [.stream([.mark("begun"), .padding(count), .hold])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.reached("begun")
            #expect(await client.receive(until: "\r\n\r\n").contains("200"))
            await client.close()
            let ending = try await connection.ended()
            #expect((ending.by, ending.step) == (.client, 2))
            #expect(ending.bytesSent < count)
        }
    }

    @Test func aMarkThatIsPassedCanStillBeAwaited() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.mark("a"), .event("one"), .mark("b")])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.ended()
            try await connection.reached("a")
            try await connection.reached("b")
            await client.close()
        }
    }

    @Test func gatesOpenForAllWhoComeLater() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.gate("go"), .event("one")]), .repeatLast])
            let first = try await RawClient.get("/", from: server.port)
            _ = try await server.connection(1, on: "/")
            server.openGate("go")
            let second = try await RawClient.get("/", from: server.port)
            #expect(await first.receive(until: "0\r\n\r\n").contains("one"))
            #expect(await second.receive(until: "0\r\n\r\n").contains("one"))
        }
    }

    @Test func aTestSendsWhileTheScriptHolds() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .hold]), .status(204)])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.send(.event("two", id: "2"))
            try await connection.send([.comment("three"), .end])
            #expect(try await connection.ended().cause == .complete)
            let (head, body) = split(await client.receive(until: "0\r\n\r\n"))
            #expect(head.hasPrefix("HTTP/1.1 200"))
            #expect(
                chunks(body).chunks == ["data: one\n\n", "id: 2\ndata: two\n\n", ": three\n\n"])
            // The connection is as good as new.
            try await client.send(RawClient.request("/"))
            #expect(await client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 204"))
        }
    }

    @Test func whatATestSendsComesWhereTheScriptFirstStands() async throws {
        try await MockEventServer.run { server in
            // The script cannot go on before the client reads.
            let steps: [Step] = [
                .mark("begun"), .padding(16 << 20), .event("one"), .gate("go"), .event("three"),
            ]
            server.script("/", [.stream(steps)])
            let client = try await RawClient.get(
                "/", from: server.port, headers: ["Connection: close"])
            let connection = try await server.connection(1, on: "/")
            try await connection.reached("begun")
            async let sent: Void = connection.send(.event("two"))
            async let received = client.receiveAll()
            try await sent
            server.openGate("go")
            let end = String(decoding: await received.bytes.suffix(100), as: UTF8.self)
            let events = end.split(separator: "\r\n").filter { $0.hasPrefix("data") }
            #expect(events == ["data: one\n\n", "data: two\n\n", "data: three\n\n"])
        }
    }

    @Test func sendingToAScriptThatNeverStandsFails() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one")])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            #expect(await code { try await connection.send(.event("two")) } == .connectionEnded)
            #expect(await client.receive(until: "0\r\n\r\n").contains("one"))
        }
    }

    @Test func sendersDoNotMix() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.hold])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        let data = String(repeating: "x", count: number)
                        try await connection.send(.event(data).dribbled(7, every: .zero))
                    }
                }
                try await group.waitForAll()
            }
            await connection.drop(.fin)
            let (_, body, _) = await client.receiveAnswer()
            let events = chunks(body).chunks.joined().split(separator: "\n\n")
            let expected = (0..<50).map { "data: " + String(repeating: "x", count: $0) }
            #expect(events.map(String.init).sorted() == expected.sorted())
        }
    }

    @Test func sendingAfterTheEndFails() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.event("one"), .drop(.fin)])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            try await connection.ended()
            let error = await #expect(throws: MockServerError.self) {
                try await connection.send(.event("two"))
            }
            #expect(error?.code == .connectionEnded)
            await client.close()
        }
    }

    @Test func sendingNonsenseFails() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.stream([.hold])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            let error = await #expect(throws: MockServerError.self) {
                try await connection.send([.end, .event("two")])
            }
            #expect(error?.code == .invalidScript)
            await client.close()
        }
    }

    // MARK: Handlers

    @Test func aHandlerAnswers() async throws {
        try await MockEventServer.run { server in
            server.handle("/") { connection in
                let id = connection.request.lastEventID ?? "none"
                try await connection.send(.event("after \(id)"))
            }
            let client = try await RawClient.get(
                "/", from: server.port, headers: ["Last-Event-ID: 7", "Connection: close"])
            let (_, body, _) = await client.receiveAnswer()
            #expect(chunks(body).chunks == ["data: after 7\n\n"])
            #expect(chunks(body).isComplete)
        }
    }

    @Test func aHandlerRespondsWithAReply() async throws {
        try await MockEventServer.run { server in
            server.handle("/") { connection in
                if connection.number == 1 {
                    try await connection.respond(.status(503))
                } else {
                    try await connection.respond(.bytes("nonsense"))
                }
            }
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 503"))
            try await client.send(RawClient.request("/"))
            #expect(await client.receiveAll().bytes == Array("nonsense".utf8))
        }
    }

    @Test func aHandlerThatThrowsIsAnIssue() async throws {
        struct Broken: Error {}
        let server = try MockEventServer()
        server.handle("/") { connection in
            try await connection.send(.event("one"))
            throw Broken()
        }
        let client = try await RawClient.get("/", from: server.port)
        #expect(await client.receiveAll().end == .reset)
        #expect(server.issues.map(\.kind) == [.handlerFailed])
        #expect(server.issues.first?.message.contains("Broken") == true)
        await server.stop()
    }

    /// Cut off again and again, a client would come back for ever, and the test not end.
    @Test(arguments: [true, false])
    func aHandlerThatThrowsEndsAStream(beforeItAnswers: Bool) async throws {
        struct Broken: Error {}
        let server = try MockEventServer()
        server.handle("/") { connection in
            if !beforeItAnswers { try await connection.send(.event("one", retry: .zero)) }
            throw Broken()
        }
        var configuration = EventStream.Configuration()
        configuration.transport = server.transport
        configuration.reconnection = .default
        configuration.reconnection?.minimumDelay = .zero
        var received: [String] = []
        let error = await #expect(throws: EventStreamError.self) {
            let stream = EventStream(url: server.url("/"), configuration: configuration)
            for try await event in stream {
                received.append(event.data)
                try #require(received.count < 3)
            }
        }
        #expect(received == (beforeItAnswers ? [] : ["one"]))
        #expect(error?.response?.status == 501)
        #expect(error?.response?.text.contains("Broken") == true)
        #expect(server.issues.map(\.kind) == [.handlerFailed])
        // Another handler has not failed.
        server.handle("/") { try await $0.respond(.status(204)) }
        let client = try await RawClient.get("/", from: server.port)
        #expect(await client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 204"))
        await client.close()
        await server.stop()
    }

    @Test func aClientThatLeavesWhileItIsSentToIsNoIssue() async throws {
        let server = try MockEventServer()
        // What a write throws that finds the client gone before its leaving is recorded.
        let thrown = Promise<Void>()
        server.handle("/") { _ in
            defer { thrown.keep() }
            throw Gone()
        }
        let client = try await RawClient.get("/", from: server.port)
        try await thrown.value()
        await client.close()
        #expect(try await server.connection(1, on: "/").ended().by == .client)
        #expect(server.issues.isEmpty)
        await server.stop()
    }

    @Test func aHandlerIsCancelledWhenTheClientLeaves() async throws {
        try await MockEventServer.run { server in
            let (cancellations, continuation) = AsyncStream.makeStream(of: Bool.self)
            server.handle("/") { connection in
                try await connection.send(.mark("begun"))
                try? await Task.sleep(for: .seconds(60))
                continuation.yield(Task.isCancelled)
            }
            let client = try await RawClient.get("/", from: server.port)
            try await server.connection(1, on: "/").reached("begun")
            await client.close()
            var iterator = cancellations.makeAsyncIterator()
            #expect(await iterator.next() == true)
        }
    }

    @Test func aHandlerCannotRepeatWhatIsNotThere() async throws {
        try await MockEventServer.run { server in
            server.handle("/") { connection in
                let first = await code { try await connection.respond(.repeatLast) }
                try await connection.send(.event("\(first == .invalidScript)"))
                let second = await code { try await connection.respond(.status(204)) }
                try await connection.send(.event("\(second == .impossible)"))
            }
            let client = try await RawClient.get("/", from: server.port)
            let body = split(await client.receive(until: "0\r\n\r\n")).body
            #expect(chunks(body).chunks == ["data: true\n\n", "data: true\n\n"])
        }
    }
}
