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
                .stream([.hold], framing: .closeDelimited), .refuse, .repeatLast,
            ])
    }

    @Test(arguments: [
        "{}", "\"nothing\"", "{\"stream\": [{}]}", "{\"stream\": [\"explode\"]}",
        "{\"stream\": [{\"wait\": 1e300}]}", "{\"stream\": [{\"base64\": \"?\"}]}",
        "{\"stream\": [], \"headers\": [[\"a\"]]}", "{\"stream\": [], \"framing\": \"none\"}",
        "{\"stream\": [{\"drop\": \"sideways\"}]}", "7",
    ])
    func nonsenseIsNoScript(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Reply.self, from: Data(json.utf8))
        }
    }
}
