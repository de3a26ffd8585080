import Foundation
import MockServer
import ServerSentEvents
import Testing

@testable import sse

/// What the inspector tells, and what it does when it is told to.
@Suite(.timeLimit(.minutes(1)))
struct InspectorTests {
    private static let html = ["Accept": "text/html,*/*;q=0.8"]

    @Test func itsRequestsAreInNoJournal() async throws {
        try await InspectedServer.run(["/feed": [.status(204)]]) { inspected in
            for (path, headers) in [
                ("/", Self.html), ("/.inspector/", [:]), ("/.inspector/main.js", [:]),
                ("/.inspector/script", [:]), ("/.inspector/nothing", [:]),
            ] as [(String, [String: String])] {
                let answer = try await inspected.request(path, headers: headers)
                #expect(answer.status == (path.hasSuffix("nothing") ? 404 : 200))
            }
            #expect(inspected.server.journal.isEmpty)
            #expect(inspected.server.issues.isEmpty)
            #expect(try await inspected.request("/feed").status == 204)
            #expect(inspected.server.journal.map(\.number) == [1])
        }
    }

    @Test func theRootIsTheScriptsIfItHasIt() async throws {
        try await InspectedServer.run(["/": [.status(200, body: "mine")]]) { inspected in
            let root = try await inspected.request("/", headers: Self.html)
            #expect(root.body == "mine")
            let page = try await inspected.request("/.inspector/")
            #expect(page.body.contains("<title>"))
            #expect(inspected.server.journal.count == 1)
        }
    }

    @Test func aProgramThatAsksForTheRootIsASurprise() async throws {
        try await InspectedServer.run([:]) { inspected in
            let answer = try await inspected.request("/", headers: ["Accept": "*/*"])
            #expect(answer.status == 501)
            #expect(inspected.server.issues.map(\.kind) == [.surpriseRequest])
        }
    }

    @Test func aPageIsToldWhatThereIsAndWhatChanges() async throws {
        let script: Script = [
            "/feed": [.stream([.event("one", id: "1"), .gate("go"), .event("two"), .hold])]
        ]
        try await InspectedServer.run(script) { inspected in
            async let data = Self.data(of: inspected.server.url("/feed?token=sesame"), count: 2)
            let feed = try await inspected.server.connection(1, on: "/feed")
            var told = inspected.told()
            #expect(try await told.next()?.type == "hello")
            // It may be told of the moments before, too.
            let standing = try await Self.entry(in: &told) { $0.contains("\"step\":2") }
            #expect(standing.contains("\"path\":\"/feed\""))
            #expect(standing.contains("\"sent\":[\"\\\"one\\\" id=1\"]"))
            #expect(!standing.contains("sesame"))
            #expect(try await inspected.command("gate", "{\"gate\":\"go\"}").status == 200)
            while let event = try await told.next(), event.type != "gate" {}
            #expect(try await data == ["one", "two"])
            try await feed.ended()
            let ended = try await Self.entry(in: &told) { $0.contains("endedBy") }
            #expect(ended.contains("\"endedBy\":\"client\""))
            _ = try await inspected.request("/food")
            while let event = try await told.next(), event.type != "issue" {}
        }
    }

    @Test func anEventIsSentToWhomItIsMeantFor() async throws {
        let script: Script = [
            "/a": [.stream([.hold]), .stream([.hold])], "/b": [.stream([.hold])],
        ]
        try await InspectedServer.run(script) { inspected in
            let server = inspected.server
            async let second = Self.events(of: server.url("/a"), count: 2)
            try await server.connection(1, on: "/a")
            async let third = Self.events(of: server.url("/a"), count: 1)
            try await server.connection(2, on: "/a")
            async let other = Self.events(of: server.url("/b"), count: 1)
            try await server.connection(1, on: "/b")

            let one = try await inspected.command(
                "send", #"{"path":"/a","connection":1,"data":"only"}"#)
            #expect(one.body == #"{"count":1}"#)
            let path = try await inspected.command(
                "send", #"{"path":"/a","type":"x","id":"7","data":"two\nlines"}"#)
            #expect(path.body == #"{"count":2}"#)
            let event = ServerSentEvent(type: "x", data: "two\nlines", lastEventID: "7")
            #expect(try await third == [event])
            #expect(
                try await second
                    == [ServerSentEvent(type: "message", data: "only", lastEventID: ""), event])
            #expect(try await inspected.command("send", #"{"data":"all"}"#).status == 200)
            #expect(try await other.map(\.data) == ["all"])
        }
    }

    @Test(arguments: [
        ("end", Ending.Cause.complete), ("fin", .fin), ("reset", .reset),
    ])
    func connectionsAreDropped(how: String, cause: Ending.Cause) async throws {
        try await InspectedServer.run(["/feed": [.stream([.event("one"), .hold])]]) { inspected in
            let server = inspected.server
            let task = Task {
                var configuration = EventStream.Configuration()
                configuration.reconnection = .never
                let stream = EventStream(url: server.url("/feed"), configuration: configuration)
                for try await _ in stream {}
            }
            let connection = try await server.connection(1, on: "/feed")
            let answer = try await inspected.command("drop", #"{"how":"\#(how)"}"#)
            #expect(answer.body == #"{"count":1}"#)
            #expect(try await connection.ended().cause == cause)
            _ = await task.result
            // It is gone, so there is nobody to drop.
            #expect(try await inspected.command("drop", "{}").body == #"{"count":0}"#)
        }
    }

    @Test func aConnectionIsStalledAndGoesOn() async throws {
        try await InspectedServer.run(["/feed": [.stream([.hold])]]) { inspected in
            async let data = Self.data(of: inspected.server.url("/feed"), count: 1)
            let connection = try await inspected.server.connection(1, on: "/feed")
            #expect(try await inspected.command("stall", "{}").body == #"{"count":1}"#)
            #expect(connection.isStalled)
            #expect(try await inspected.command("send", #"{"data":"x"}"#).status == 200)
            #expect(try await inspected.command("resume", "{}").body == #"{"count":1}"#)
            #expect(!connection.isStalled)
            #expect(try await data == ["x"])
        }
    }

    @Test(arguments: [
        ("send", "no JSON", 400), ("send", #"{"type":"a\nb"}"#, 400), ("gate", "{}", 400),
        ("stall", #"{"connection":1}"#, 400),
        ("drop", #"{"how":"gently"}"#, 400), ("nothing", "{}", 404), ("", "{}", 404),
    ])
    func aCommandThatMakesNoSenseIsRefused(name: String, body: String, status: Int) async throws {
        try await InspectedServer.run([:]) { inspected in
            let answer = try await inspected.command(name, body)
            #expect(answer.status == status)
            #expect(answer.body.hasSuffix(".\n"))
        }
    }

    private static func events(of url: URL, count: Int) async throws -> [ServerSentEvent] {
        try await EventStream(url: url).prefix(count).reduce(into: []) { $0.append($1) }
    }

    private static func data(of url: URL, count: Int) async throws -> [String] {
        try await events(of: url, count: count).map(\.data)
    }

    /// The next entry of a connection that is as expected.
    private static func entry(
        in told: inout EventStream.Iterator, where isExpected: (String) -> Bool
    ) async throws -> String {
        while let event = try await told.next() {
            if event.type == "connection", isExpected(event.data) { return event.data }
        }
        throw CancellationError()
    }
}
