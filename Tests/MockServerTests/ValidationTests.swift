import Foundation
import Testing

@testable import MockServer

/// A script that makes no sense is reported at once, and nothing waits for it.
@Suite(.timeLimit(.minutes(1)))
struct ValidationTests {
    private static func stream(_ steps: Step...) -> [Reply] { [.stream(steps)] }

    private static func held(by step: Step, length: Int) -> [Reply] {
        [.stream([.event("one"), step], framing: .contentLength(length))]
    }

    static let nonsense: [(replies: [Reply], place: String, text: String)] = [
        (stream(.end, .event("x")), "reply 1, step 2", "can never be played, as .end ends"),
        (stream(.hold, .end), "reply 1, step 2", "can never be played, as .hold ends"),
        (
            stream(.event("x").cut(afterBytes: 10)), "reply 1, step 1",
            "the cut is beyond its 9 bytes"
        ),
        (stream(.event("x").cut(afterBytes: -1)), "reply 1, step 1", "the cut is negative"),
        (stream(.hold.cut(afterBytes: 0)), "reply 1, step 1", "nothing that could be cut"),
        (stream(.wait(.seconds(-1))), "reply 1, step 1", "the delay is negative"),
        (stream(.retry(.seconds(-1))), "reply 1, step 1", "the delay -1 s is negative"),
        (stream(.retry(.microseconds(1))), "reply 1, step 1", "whole milliseconds"),
        (stream(.event("", retry: .seconds(-1))), "reply 1, step 1", "is negative"),
        (stream(.event("", type: "a\nb")), "reply 1, step 1", "the type \"a\\nb\" has a line end"),
        (stream(.event("", id: "a\rb")), "reply 1, step 1", "the id \"a\\rb\" has a line end"),
        (stream(.padding(1)), "reply 1, step 1", "at least 2 bytes"),
        (stream(.padding(.max)), "reply 1, step 1", "longer than 64 MiB"),
        (stream(.padding(.min).cut(afterBytes: 1)), "reply 1, step 1", "at least 2 bytes"),
        (stream(.end.repeated(2)), "reply 1, step 1", "a terminal step cannot be repeated"),
        (stream(.event("x").repeated(0)), "reply 1, step 1", "it is repeated 0 times"),
        (stream(.event("x").dribbled(0, every: .zero)), "reply 1, step 1", "has no bytes"),
        (
            stream(.event("x").dribbled(1, every: .seconds(-1))), "reply 1, step 1",
            "the delay is negative"
        ),
        (stream(.mark("x").dribbled(1, every: .zero)), "reply 1, step 1", "could be dribbled"),
        (stream(.mark("x").lineEnding(.cr)), "reply 1, step 1", "it writes no lines"),
        (stream(.raw("x").lineEnding(.cr)), "reply 1, step 1", "raw bytes go out as they are"),
        ([.stream([], headers: ["a b": "c"])], "reply 1", "\"a b\" is not a token"),
        ([.stream([], headers: ["a": "b\r\nc: d"])], "reply 1", "the value of a has a line end"),
        ([.status(200, headers: ["a": "\0"])], "reply 1", "or a NUL"),
        (
            [.stream([], headers: ["content-LENGTH": "1"])], "reply 1",
            "follows from the framing"
        ),
        ([.stream([], headers: ["Content-Encoding": "br"])], "reply 1", "use .gzip"),
        ([.gzip([], framing: .contentLength(23))], "reply 1", "use .chunked"),
        ([.gzip([.end, .end])], "reply 1, step 2", "can never be played"),
        ([.stream([], framing: .contentLength(1))], "reply 1", "ends cleanly after 0 bytes"),
        ([.stream([], framing: .contentLength(-1))], "reply 1", "length is negative"),
        (
            [.stream([.raw("12").repeated(2), .hold], framing: .contentLength(3))], "reply 1",
            "its steps write 4 bytes"
        ),
        (
            [.stream([.raw("12").repeated(.max)], framing: .contentLength(3))], "reply 1",
            "its content length is 3"
        ),
        (held(by: .hold, length: 11), "reply 1, step 2", ".hold comes after all 11 bytes"),
        (held(by: .stall, length: 11), "reply 1, step 2", ".stall comes after all 11 bytes"),
        (held(by: .halfClose, length: 11), "reply 1, step 2", ".halfClose comes after all"),
        ([.stream([.hold], framing: .contentLength(0))], "reply 1, step 1", "all 0 bytes"),
        ([.status(100)], "reply 1", "not between 200 and 599"),
        ([.status(204, body: "x")], "reply 1", "has no body"),
        ([.status(503, retryAfter: .seconds(-1))], "reply 1", "is negative"),
        ([.redirect(200, to: "/")], "reply 1", "not between 300 and 399"),
        ([.redirect(to: "/\r\nx: y")], "reply 1", "the location has a line end"),
        ([.bytes(steps: [.drop(.fin), .raw("x")])], "reply 1, step 2", "can never be played"),
        ([.repeatLast], "reply 1", "no reply before it"),
        ([.refuse, .repeatLast, .refuse], "reply 3", "comes after .repeatLast"),
    ]

    @Test(arguments: nonsense)
    func nonsenseIsAnIssue(replies: [Reply], place: String, text: String) async throws {
        let server = try MockEventServer()
        server.script("/feed", replies)
        let issue = try #require(server.issues.first)
        #expect(server.issues.count == 1)
        #expect(issue.kind == .invalidScript)
        #expect(issue.path == "/feed")
        #expect(issue.message.hasPrefix("/feed, \(place): "), "\(issue.message)")
        #expect(issue.message.contains(text), "\(issue.message)")
        #expect(issue.message.contains("ValidationTests.swift:"))
        await server.stop()
    }

    @Test(arguments: [Step.hold, .stall, .halfClose])
    func aStreamMayStayOpenBeforeItsLastByte(step: Step) async throws {
        let server = try MockEventServer()
        server.script("/feed", Self.held(by: step, length: 12))
        #expect(server.issues.isEmpty)
        await server.stop()
    }

    @Test(arguments: ["feed", "/feed?x", "/a b", ""])
    func aPathIsAPath(path: String) async throws {
        let server = try MockEventServer()
        server.script(path, [.refuse])
        #expect(server.issues.first?.message.contains("is no path") == true)
        await server.stop()
    }

    @Test(arguments: [("/föö", "/f%C3%B6%C3%B6"), ("/a#b", "/a%23b"), ("/%20 ", "/%20%20")])
    func aPathThatNoRequestHasIsToldAsItComes(path: String, encoded: String) async throws {
        let server = try MockEventServer()
        server.script(path, [.refuse])
        let text = "is no path as requests have it; write \"\(encoded)\"   "
        #expect(server.issues.first?.message.contains(text) == true)
        server.script(encoded, [.refuse])
        #expect(server.issues.count == 1)
        await server.stop()
    }

    /// Clients differ in what they encode of these; `?` begins a query, and `#` a fragment.
    private static let visible = (0x21...0x7E).map { String(UnicodeScalar($0)) }
        .filter { $0 != "?" && $0 != "#" }

    @Test(arguments: visible)
    func aPathMayHaveAnyVisibleCharacter(character: String) async throws {
        let server = try MockEventServer()
        server.script("/a\(character)", [.refuse])
        #expect(server.issues.isEmpty)
        await server.stop()
    }

    @Test func aPathHasAScriptOrAHandler() async throws {
        let server = try MockEventServer()
        server.script("/a", [.refuse])
        server.handle("/a") { _ in }
        server.handle("/b") { _ in }
        server.script("/b", [.refuse])
        #expect(server.issues.count == 2)
        await server.stop()
    }

    @Test func whatMakesNoSenseIsToldWithItsLine() async throws {
        let server = try MockEventServer()
        let line = #line
        server.handle("handler") { _ in }
        _ = server.channel("channel")
        server.hub("hub", publish: "facts")
        #expect(server.issues.map(\.path) == ["handler", "channel", "hub", "facts"])
        for (issue, offset) in zip(server.issues, [1, 2, 3, 3]) {
            let place = "   ValidationTests.swift:\(line + offset)"
            #expect(issue.message.hasSuffix(place), "\(issue)")
        }
        await server.stop()
    }

    @Test func scriptsOfOnePathFollowEachOther() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.status(503)])
            server.script("/", [.status(204)])
            let client = try await RawClient.get("/", from: server.port)
            #expect(await client.receive(until: "\r\n\r\n").contains("503"))
            try await client.send(RawClient.request("/"))
            #expect(await client.receive(until: "\r\n\r\n").contains("204"))
        }
    }

    @Test func waitsFailAtOnce() async throws {
        let server = try MockEventServer(waitLimit: .seconds(60))
        server.script("/", [.stream([.hold])])
        let client = try await RawClient.get("/", from: server.port)
        let connection = try await server.connection(1, on: "/")
        let codes = await withTaskGroup(of: MockServerError.Code?.self) { group in
            group.addTask { await code { _ = try await server.connection(2, on: "/") } }
            group.addTask { await code { try await connection.ended() } }
            group.addTask { await code { try await connection.reached("m") } }
            server.script("/other", [.status(0)])
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == [.invalidScript, .invalidScript, .invalidScript])
        await client.close()
        await server.stop()
    }

    @Test func requestsForNonsenseAreToldSo() async throws {
        let server = try MockEventServer()
        server.script("/", [.status(0)])
        let client = try await RawClient.get(
            "/", from: server.port, headers: ["Connection: close"])
        let (head, body, _) = await client.receiveAnswer()
        #expect(head.hasPrefix("HTTP/1.1 501 "))
        #expect(body.contains("script: /, reply 1: the status is not between 200 and 599"))
        #expect(server.issues.count == 1)
        await server.stop()
    }

    @Test func requestsForAPathOfTwoMindsAreToldSo() async throws {
        let server = try MockEventServer()
        server.script("/", [.status(204)])
        _ = server.channel("/")
        let client = try await RawClient.get(
            "/", from: server.port, headers: ["Connection: close"])
        let (head, body, _) = await client.receiveAnswer()
        #expect(head.hasPrefix("HTTP/1.1 501 "))
        #expect(body.contains("script: / has a script already"))
        await server.stop()
    }
}

/// The code of the error that a body throws.
func code(of body: () async throws -> Void) async -> MockServerError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? MockServerError)?.code
    }
}
