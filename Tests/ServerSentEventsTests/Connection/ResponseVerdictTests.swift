import Testing

@testable import ServerSentEvents

/// CONFORMANCE: "Answers".
@Suite struct ResponseVerdictTests {
    @Test(arguments: [
        "text/event-stream", "TEXT/Event-Stream", "text/event-stream;charset=utf-8",
        "text/event-stream;charset=windows-1252", "text/event-stream;", "text/event-stream ; a=b",
        " text/event-stream\t", "text/plain, text/event-stream", "text/event-stream, */*",
        "text/event-stream, text/event-stream", "text/event-stream, junk", "text/event-stream,",
        #"text/event-stream; a="b, text/plain""#, #"text/event-stream; a="\", text/plain""#,
    ])
    func opensTheStream(contentType: String) {
        #expect(verdict(200, ["Content-Type": contentType]) == .stream)
    }

    @Test(arguments: [
        "text/event-streamx", "text /event-stream", "text/ event-stream",
        "text/event-stream, text/html", "text/plain", "text", "",
        "application/json; text/event-stream", "xtext/event-stream", "text/event-stream x",
        "text/event-stream/", #"text/plain; a="b, text/event-stream""#,
        #"text/event-stream; a="\\", text/plain"#,
    ])
    func refusesAnotherType(contentType: String) {
        #expect(verdict(200, ["Content-Type": contentType]) == .wrongContentType)
    }

    @Test func refusesNoType() {
        #expect(verdict(200, [:]) == .wrongContentType)
    }

    @Test func theLastOfSeveralFieldsCounts() {
        let html = HeaderFields.Field(name: "Content-Type", value: "text/html")
        let stream = HeaderFields.Field(name: "content-type", value: "text/event-stream")
        #expect(verdict(200, HeaderFields([html, stream])) == .stream)
        #expect(verdict(200, HeaderFields([stream, html])) == .wrongContentType)
    }

    @Test(arguments: [
        ("Content-Encoding", "gzip"), ("content-encoding", "identity, br"),
        ("Transfer-Encoding", "gzip, chunked"), ("Transfer-Encoding", "none"),
    ])
    func refusesACoding(field: String, coding: String) {
        #expect(verdict(200, ["Content-Type": "text/event-stream", field: coding]) == .wrongCoding)
        #expect(verdict(200, ["Content-Type": "text/html", field: coding]) == .wrongContentType)
    }

    @Test(arguments: [
        ("Content-Encoding", " Identity ,"), ("Content-Encoding", "None"),
        ("Transfer-Encoding", "Chunked"),
    ])
    func opensAStreamAsItIs(field: String, coding: String) {
        #expect(verdict(200, ["Content-Type": "text/event-stream", field: coding]) == .stream)
    }

    @Test func status204Finishes() {
        #expect(verdict(204, [:]) == .finished)
        #expect(verdict(204, ["Content-Type": "text/event-stream"]) == .finished)
    }

    @Test(arguments: [201, 205, 206, 210, 299, 300, 304, 400, 404, 410, 500, 503, 999])
    func refuses(status: Int) {
        #expect(verdict(status, ["Content-Type": "text/event-stream"]) == .refused)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) {
        #expect(verdict(status, ["location": "/b"]) == .redirect(location: "/b"))
        #expect(verdict(status, [:]) == .redirect(location: ""))
    }

    private func verdict(_ status: Int, _ headers: HeaderFields) -> ResponseVerdict {
        ResponseVerdict(ResponseHead(status: status, headers: headers))
    }
}
