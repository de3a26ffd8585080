import Foundation
import MockServer
import Testing

/// Scripts are values that a file can hold.
struct ScriptFileTests {
    static let replies: [Reply] = [
        .stream([
            .event("a\n", type: "t", id: "1", retry: .milliseconds(5)), .event(""),
            .retry(.seconds(1)), .comment("c"), .raw("text"), .raw([0xFF, 0x00]), .padding(9),
            .wait(.microseconds(1_500)), .gate("g"), .mark("m"), .end,
        ]),
        .stream(
            [
                .event("x").cut(afterBytes: 3).repeated(2).lineEnding(.cr),
                .event("y").dribbled(1, every: .milliseconds(2)), .drop(.reset),
            ],
            headers: ["B": "1", "A": "2", "b": "3"], framing: .contentLength(20)),
        .gzip([.event("z"), .end], headers: ["A": "b"], framing: .closeDelimited), .gzip([]),
        .stream([.stall], framing: .closeDelimited), .stream([.hold]), .stream([.halfClose]),
        .stream([.drop(.fin)]),
        .status(204), .status(503, headers: ["X": "y"], body: "b", retryAfter: .seconds(2)),
        .redirect(to: "/x"), .redirect(308, to: ""),
        .bytes("nonsense"), .bytes([1, 2], then: .stall), .bytes(steps: []),
        .refuse, .repeatLast,
    ]

    @Test(arguments: replies)
    func aReplySurvivesAFile(reply: Reply) throws {
        let data = try JSONEncoder().encode([reply])
        #expect(try JSONDecoder().decode([Reply].self, from: data) == [reply])
    }

    @Test(arguments: [
        "-922199254739.993", "922199254740.993", "123456789012.345678", "863999999.999999",
        "-863999999.999999", "864000000.000001", "0.000001", "1e15", "9223372036854775807",
    ])
    func aTimeReadsBackAsItWasWritten(text: String) throws {
        let json = Data("{\"stream\": [{\"wait\": \(text)}]}".utf8)
        let reply = try JSONDecoder().decode(Reply.self, from: json)
        let written = try JSONEncoder().encode(reply)
        #expect(try JSONDecoder().decode(Reply.self, from: written) == reply)
    }

    @Test(arguments: [
        ("863999999.999999", Duration.seconds(864_000) - .nanoseconds(1)),
        ("-0.0000014", .nanoseconds(-1)), ("864000000.4", .seconds(864_000)),
        ("-1e18", .milliseconds(-1_000_000_000_000_000_000)),
    ])
    func aTimeHasAFractionBelow10Days(text: String, time: Duration) throws {
        let json = Data("{\"stream\": [{\"wait\": \(text)}]}".utf8)
        #expect(try JSONDecoder().decode(Reply.self, from: json) == .stream([.wait(time)]))
    }

    @Test func aFileIsReadAsAPersonWouldWriteIt() throws {
        let json = """
            [
              {"stream": [
                {"retry": 1}, {"event": "one", "id": "1"}, {"event": "two", "id": "2", "cut": 9},
                {"wait": 0.5}, {"padding": 5, "dribble": 1, "every": 10}, {"drop": "reset"}],
               "headers": {"X": "y"}},
              {"status": 503, "retryAfter": 1000},
              {"redirect": "/other"},
              {"bytes": [{"raw": "HTTP/1.1 200"}, {"base64": "/wA="}, "stall"]},
              {"stream": ["hold"], "framing": "closeDelimited"},
              {"gzip": [{"event": "z"}]},
              "refuse", "repeatLast"
            ]
            """
        let replies = try JSONDecoder().decode([Reply].self, from: Data(json.utf8))
        #expect(
            replies == [
                .stream(
                    [
                        .retry(.milliseconds(1)), .event("one", id: "1"),
                        .event("two", id: "2").cut(afterBytes: 9), .wait(.microseconds(500)),
                        .padding(5).dribbled(1, every: .milliseconds(10)), .drop(.reset),
                    ], headers: ["X": "y"]),
                .status(503, retryAfter: .seconds(1)), .redirect(to: "/other"),
                .bytes(steps: [.raw("HTTP/1.1 200"), .raw([0xFF, 0]), .stall]),
                .stream([.hold], framing: .closeDelimited), .gzip([.event("z")]), .refuse,
                .repeatLast,
            ])
    }

    @Test(arguments: [
        "{}", "\"nothing\"", "{\"stream\": [{}]}", "{\"stream\": [\"explode\"]}",
        "{\"stream\": [{\"wait\": 1e300}]}", "{\"stream\": [{\"base64\": \"?\"}]}",
        "{\"stream\": [], \"headers\": [[\"a\"]]}", "{\"stream\": [], \"framing\": \"none\"}",
        "{\"stream\": [], \"framing\": {\"contentLength\": 0, \"x\": 1}}",
        "{\"stream\": [{\"drop\": \"sideways\"}]}", "7", "[]", "{\"stream\": 7}",
        "{\"stream\": [{\"event\": null}]}", "{\"stream\": [{\"event\": 7}]}",
        "{\"stream\": [], \"status\": 200}", "{\"status\": 204, \"framing\": \"chunked\"}",
        "{\"stream\": [{\"event\": \"x\", \"cutt\": 1}]}",
        "{\"stream\": [{\"comment\": \"x\", \"id\": \"1\"}]}",
        "{\"stream\": [{\"event\": \"x\", \"every\": 1}]}",
        "{\"stream\": [{\"raw\": \"x\", \"base64\": \"\"}]}",
    ])
    func nonsenseIsNoScript(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Reply.self, from: Data(json.utf8))
        }
    }

    // MARK: Whole scripts

    @Test func aScriptSurvivesAFile() throws {
        let script: Script = ["/a": Self.replies, "/b": [.status(204)], "/c": []]
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "ScriptFileTests-\(UUID().uuidString).json")
        try JSONEncoder().encode(script).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        // The replies make no sense together, and a file is checked.
        #expect(try JSONDecoder().decode(Script.self, from: Data(contentsOf: file)) == script)
        let sensible: Script = ["/a": [.stream([.event("x"), .hold])]]
        try JSONEncoder().encode(sensible).write(to: file)
        #expect(try Script(contentsOf: file) == sensible)
    }

    @Test func aScriptIsPlayedOnAllItsPaths() async throws {
        try await MockEventServer.run { server in
            server.script(["/a": [.status(204)], "/b": [.status(503)]])
            for (path, status) in [("/a", "204"), ("/b", "503")] {
                let client = try await RawClient.get(
                    path, from: server.port, headers: ["Connection: close"])
                #expect(await client.receiveAnswer().head.contains(" \(status) "))
            }
        }
    }

    @Test(
        arguments: [
            ("{\"/a\": [", "MockEventServer: prices.json: it is no JSON: "),
            ("[]", "MockEventServer: prices.json: "),
            ("{\"/a\": 7}", "MockEventServer: prices.json: /a: "),
            (
                "{\"/a\": [\"refuse\", {\"stream\": [\"end\", {\"event\": \"x\", \"cut\": \"9\"}]}]}",
                "MockEventServer: prices.json: /a, reply 2, step 2, \"cut\": "
            ),
            (
                "{\"/a\": [{\"stream\": [{\"evnet\": \"x\"}]}]}",
                """
                MockEventServer: prices.json: /a, reply 1, step 1: a step is one of event, retry, \
                comment, raw, base64, padding, wait, gate, mark, drop, "end", "stall", "hold", \
                "halfClose".
                """
            ),
            (
                "{\"/a\": [{\"stream\": [{\"event\": \"x\", \"cutt\": 9}]}]}",
                """
                MockEventServer: prices.json: /a, reply 1, step 1: "cutt" is no member here; there \
                are event, type, id, retry, cut, dribble, every, lineEnding, repeated.
                """
            ),
            (
                "{\"/a\": [{\"strem\": []}]}",
                """
                MockEventServer: prices.json: /a, reply 1: a reply is one of stream, gzip, status, \
                redirect, bytes, "refuse", "repeatLast".
                """
            ),
            (
                "{\"/a\": [\"explode\"]}",
                """
                MockEventServer: prices.json: /a, reply 1: "explode" is no reply; a reply is one of \
                stream, gzip, status, redirect, bytes, "refuse", "repeatLast".
                """
            ),
            (
                "{\"/a\": [{\"stream\": [], \"framing\": \"closeDelimted\"}]}",
                """
                MockEventServer: prices.json: /a, reply 1, "framing": "closeDelimted" is no framing; \
                a framing is one of "chunked", "closeDelimited", contentLength.
                """
            ),
            (
                "{\"/a\": [{\"stream\": [], \"framing\": 7}]}",
                """
                MockEventServer: prices.json: /a, reply 1, "framing": a framing is one of "chunked", \
                "closeDelimited", contentLength.
                """
            ),
            (
                "{\"/a\": [{\"stream\": [], \"framing\": {\"length\": 7}}]}",
                """
                MockEventServer: prices.json: /a, reply 1, "framing": a framing is one of "chunked", \
                "closeDelimited", contentLength.
                """
            ),
            (
                "{\"/a\": [{\"stream\": [{\"drop\": \"rst\"}]}]}",
                """
                MockEventServer: prices.json: /a, reply 1, step 1, "drop": "rst" is no drop; there are \
                "fin", "reset".
                """
            ),
            (
                "{\"/a\": [{\"stream\": [{\"raw\": \"\", \"lineEnding\": \"crfl\"}]}]}",
                """
                MockEventServer: prices.json: /a, reply 1, step 1, "lineEnding": "crfl" is no \
                lineEnding; there are "lf", "cr", "crlf".
                """
            ),
            (
                "{\"/a\": [{\"stream\": [], \"headers\": {\"A\": \"1\", \"X\": 1}}]}",
                "MockEventServer: prices.json: /a, reply 1, \"headers\", \"X\": "
            ),
            (
                "{\"/a\": [{\"stream\": [], \"headers\": 7}]}",
                """
                MockEventServer: prices.json: /a, reply 1, "headers": headers are an object of texts, \
                or an array of pairs: [["name", "value"]].
                """
            ),
            (
                "{\"/a\": [{\"status\": 503, \"headers\": [\"X\", \"1\"]}]}",
                """
                MockEventServer: prices.json: /a, reply 1, "headers", item 1: a header is a pair of \
                texts: ["name", "value"].
                """
            ),
            (
                "{\"/a\": [{\"gzip\": [], \"headers\": [[\"A\", \"1\"], [\"X\"]]}]}",
                "MockEventServer: prices.json: /a, reply 1, \"headers\", item 2: a header is a pair"
            ),
            (
                "{\"/a\": [{\"stream\": [{\"event\": \"x\", \"repeated\": 1.5}]}]}",
                """
                MockEventServer: prices.json: /a, reply 1, step 1, "repeated": 1.5 is no whole number of \
                64 bits.
                """
            ),
            (
                "{\"/a\": [{\"status\": 1e30}]}",
                "MockEventServer: prices.json: /a, reply 1, \"status\": 1e+30 is no whole number"
            ),
            (
                "{\"/a\": [{\"bytes\": [\"end\", \"ende\"]}]}",
                "MockEventServer: prices.json: /a, reply 1, step 2: \"ende\" is no step; "
            ),
            (
                "{\"/b\": [{\"status\": 99}], \"/a\": [{\"stream\": [\"end\", \"hold\"]}]}",
                """
                MockEventServer: prices.json makes no sense.
                  script: /a, reply 1, step 2: .hold can never be played, as .end ends the stream   \
                prices.json
                  script: /b, reply 1: the status is not between 200 and 599   prices.json
                """
            ),
        ])
    func nonsenseIsToldWithItsPlace(json: String, text: String) {
        let error = #expect(throws: MockServerError.self) {
            try Script(json: Data(json.utf8), name: "prices.json")
        }
        #expect(error?.code == .invalidScript)
        #expect(error?.description.hasPrefix(text) == true, "\(error?.description ?? "-")")
        #expect((error as (any Error)?)?.localizedDescription == error?.description)
    }

    @Test func aMissingFileIsTheSystemsError() {
        #expect(throws: (any Error).self) {
            try Script(contentsOf: URL(fileURLWithPath: "/nowhere/script.json"))
        }
    }
}
