import Foundation
import MockServer
import ServerSentEvents
import Testing

@testable import sse

/// What a recorder makes of the parts of answers; after every one the file is a whole script.
struct RecorderTests {
    private let file: TemporaryFile
    private let recorder: Recorder
    private let start = ContinuousClock.now

    init() throws {
        file = try TemporaryFile("left from an earlier recording, and longer than nothing")
        recorder = try Recorder(file.url, path: "/feed")
    }

    private var replies: [Reply] {
        get throws { try Script(contentsOf: file.url).replies["/feed"] ?? [] }
    }

    private func receive(_ part: ResponseChannel.Part, after time: Duration = .zero) {
        recorder.received(part, at: start + time)
    }

    private func head(_ status: Int = 200, _ headers: HeaderFields = [:]) -> ResponseChannel.Part {
        .head(ResponseHead(status: status, headers: headers))
    }

    private func chunks(_ texts: String...) -> ResponseChannel.Part {
        .chunks(texts.map { Array($0.utf8) })
    }

    @Test func theFileIsWholeAtAnyTime() throws {
        #expect(try replies == [])
        receive(head())
        #expect(try replies == [.stream([.hold])])
        receive(chunks("data: one\n", "\n"))
        #expect(try replies == [.stream([.raw("data: one\n"), .raw("\n"), .hold])])
        receive(.end(.complete, at: .zero))
        let first = Reply.stream([.raw("data: one\n"), .raw("\n"), .end])
        #expect(try replies == [first])
        receive(head(503))
        #expect(try replies == [first])
        receive(chunks("busy"))
        receive(.end(.complete, at: .zero))
        #expect(try replies == [first, .status(503, body: "busy")])
        receive(head())
        receive(head(204))
        #expect(
            try replies == [first, .status(503, body: "busy"), .stream([.hold]), .status(204)])
        #expect(recorder.problem == nil)
        #expect(recorder.summary == "4 answers, 11 bytes of streams")
    }

    @Test func timeIsKeptToTheMicrosecond() throws {
        receive(head(), after: .seconds(1))
        receive(chunks("a"), after: .seconds(2.5))
        receive(chunks("b"), after: .seconds(2.5) + .microseconds(400))
        receive(chunks("c"), after: .seconds(2.5) + .microseconds(1_234))
        receive(.end(.complete, at: .zero), after: .seconds(3))
        // What was too short to wait for was made up for.
        #expect(
            try replies == [
                .stream([
                    .wait(.seconds(1.5)), .raw("a"), .raw("b"), .wait(.microseconds(1_234)),
                    .raw("c"), .wait(.microseconds(498_766)), .end,
                ])
            ])
    }

    @Test func aLostConnectionIsADrop() throws {
        receive(head())
        receive(.end(.failed(CancellationError()), at: .zero))
        receive(head())
        receive(.end(.timedOut, at: .zero), after: .seconds(300))
        #expect(try replies == [.stream([.drop(.fin)]), .stream([.hold])])
    }

    @Test func aRedirectIsWhatItLeadsTo() throws {
        receive(head(302, ["Location": "/other"]))
        receive(head())
        #expect(try replies == [.stream([.hold])])
    }

    @Test func secretsAndFramingAreLeftOut() throws {
        receive(
            head(
                200,
                [
                    "Content-Type": "text/event-stream", "Set-Cookie": "sesame",
                    "Content-Length": "7", "Transfer-Encoding": "chunked", "Date": "today",
                    "Authorization": "sesame", "Connection": "close", "X-Trace": "a",
                    "X-Session-Token": "sesame", "Authentication-Info": "sesame",
                    "Content-Location": "/?sesame", "Link": "</?sesame>", "Retry-After": "1",
                ]))
        let headers: Headers = [
            "Content-Type": "text/event-stream", "Retry-After": "1", "X-Trace": "a",
        ]
        #expect(try replies == [.stream([.hold], headers: headers)])
        receive(head(401, ["WWW-Authenticate": "Negotiate sesame", "Location": "/?sesame"]))
        receive(.end(.complete, at: .zero))
        #expect(try replies.last == .status(401))
        #expect(try !String(contentsOf: file.url, encoding: .utf8).contains("sesame"))
    }

    @Test func bytesThatAreNoTextAreKept() throws {
        receive(head())
        receive(.chunks([[0x64, 0xC3], [0xA9, 0xFF, 0x00]]))
        #expect(try replies == [.stream([.raw([0x64, 0xC3]), .raw([0xA9, 0xFF, 0x00]), .hold])])
    }

    @Test func theBodyOfARefusalIsBounded() throws {
        receive(head(500))
        for _ in 0..<3 { receive(.chunks([Array(repeating: 0x61, count: 50_000)])) }
        receive(.end(.complete, at: .zero))
        #expect(
            try replies == [.status(500, body: String(repeating: "a", count: 64 << 10))])
    }
}
