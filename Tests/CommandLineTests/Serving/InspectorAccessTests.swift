import Foundation
import MockServer
import ServerSentEvents
import Testing

@testable import sse

/// Other sites cannot use the inspector, though a browser lets them send requests to it.
@Suite(.timeLimit(.minutes(1)))
struct InspectorAccessTests {
    private static let json = "application/json"

    @Test(
        arguments: [
            ("GET", "127.0.0.1:80", nil, nil, nil), ("GET", "LocalHost:80", nil, nil, nil),
            // What a name that was rebound to 127.0.0.1 looks like.
            ("GET", "evil.example:80", nil, nil, 403),
            ("GET", "127.0.0.1.evil.example:80", nil, nil, 403),
            ("GET", "127.0.0.1", nil, nil, 403), ("GET", "127.0.0.1:81", nil, nil, 403),
            ("GET", nil, nil, nil, 403), ("PUT", "127.0.0.1:80", nil, json, 405),
            ("POST", "127.0.0.1:80", "http://127.0.0.1:80", json, nil),
            ("POST", "localhost:80", "http://localhost:80", json + "; charset=utf-8", nil),
            // A program that is no browser.
            ("POST", "127.0.0.1:80", nil, json, nil),
            ("POST", "evil.example:80", "http://evil.example:80", json, 403),
            ("POST", "127.0.0.1:80", "http://evil.example", json, 403),
            ("POST", "127.0.0.1:80", "https://127.0.0.1:80", json, 403),
            ("POST", "127.0.0.1:80", "http://127.0.0.1:81", json, 403),
            ("POST", "127.0.0.1:80", "null", json, 403), ("POST", "127.0.0.1:80", "", json, 403),
            // What a form of another site can send without asking.
            ("POST", "127.0.0.1:80", nil, "text/plain", 415),
            ("POST", "127.0.0.1:80", nil, nil, 415),
            ("POST", "127.0.0.1:80", nil, "text/plain;application/json", 415),
        ] as [(String, String?, String?, String?, Int?)])
    func onlyItsOwnPagesAndLocalProgramsPass(
        method: String, host: String?, origin: String?, type: String?, refused: Int?
    ) {
        var headers: Headers = [:]
        headers["Host"] = host
        headers["Origin"] = origin
        headers["Content-Type"] = type
        let request = Request(method: method, path: "/.inspector/gate", headers: headers)
        #expect(InspectorAccess(port: 80).refusal(of: request)?.status == refused)
    }

    /// Not only is it answered so: nothing happens, and nothing is told.
    @Test(arguments: [
        ["Origin": "http://evil.example", "Content-Type": json],
        ["Host": "evil.example", "Origin": "http://evil.example", "Content-Type": json],
        ["Content-Type": "text/plain"],
    ])
    func whatAnotherSiteOrdersIsNotDone(headers: [String: String]) async throws {
        let script: Script = ["/feed": [.stream([.gate("go"), .event("one"), .hold])]]
        try await InspectedServer.run(script) { inspected in
            async let first = firstData(of: inspected.server.url("/feed"))
            try await inspected.server.connection(1, on: "/feed")
            for (name, body) in [
                ("gate", "{\"gate\":\"go\"}"), ("send", "{\"data\":\"x\"}"), ("drop", "{}"),
                ("stall", "{}"), ("resume", "{}"),
            ] {
                let answer = try await inspected.request(
                    "/.inspector/" + name, method: "POST", headers: headers, body: body)
                #expect([403, 415].contains(answer.status))
            }
            _ = try await inspected.command("send", "{\"data\":\"asked\"}")
            #expect(try await first == "asked")
        }
    }

    @Test(arguments: ["", "events", "script", "main.js"])
    func aReboundNameReadsNothing(name: String) async throws {
        try await InspectedServer.run(["/feed": [.status(204)]]) { inspected in
            let answer = try await inspected.request(
                "/.inspector/" + name, headers: ["Host": "evil.example"])
            #expect(answer.status == 403)
            #expect(!answer.body.contains("feed"))
        }
    }

    private func firstData(of url: URL) async throws -> String? {
        for try await event in EventStream(url: url) { return event.data }
        return nil
    }
}
