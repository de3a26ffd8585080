import MockServer

extension ServedStream {
    /// Streams that begin with another answer, or with the same one told otherwise, and go on if they
    /// are asked again.
    static let answers: [ServedStream] =
        types.map { name, type in
            answer(name, .stream(first, headers: ["Content-Type": type]))
        } + statuses.map { answer("status-\($0)", .status($0)) } + others.map(answer)
        + [301, 302, 303, 307, 308].map { status in
            let streams: [Reply] = [.stream(first), .stream(second), .status(204)]
            return ServedStream(
                "/answers/moved-\(status)",
                ["/feed": [.redirect(status, to: "moved")], "/moved": streams])
        }

    private static let types = [
        ("charset-utf-8", "text/event-stream;charset=UTF-8"),
        ("charset-1252", "text/event-stream; charset=windows-1252"),
        ("capitals", "TEXT/Event-Stream"), ("semicolon", "text/event-stream;"),
        ("blanks", " text/event-stream\t"), ("another-type", "text/plain"), ("no-type", ""),
        ("longer-type", "text/event-streamx"), ("word-after-type", "text/event-stream x"),
        ("list-that-ends-otherwise", "text/event-stream, text/plain"),
        ("list-that-ends-well", "text/plain, text/event-stream"),
        ("type-twice", "text/event-stream, text/event-stream"),
        ("type-and-any", "text/event-stream, */*"), ("type-and-junk", "text/event-stream, junk"),
        ("type-and-comma", "text/event-stream,"),
        ("comma-in-quotes", #"text/event-stream; a="b, text/plain""#),
        ("comma-in-quotes-of-another", #"text/plain; a="b, text/event-stream""#),
    ]

    private static let statuses = [
        201, 202, 203, 204, 205, 206, 226, 299, 300, 304, 305, 306, 399, 400, 401, 403, 404, 407,
        408, 410, 418, 425, 429, 500, 501, 502, 503, 504, 599,
    ]

    private static let others: [(String, Reply)] = [
        ("challenge", .status(401, headers: ["WWW-Authenticate": "Bearer"])),
        ("retry-after", .status(503, retryAfter: .zero)),
        ("no-location", .status(301)),
        ("empty-location", .redirect(302, to: "")),
        ("other-scheme", .redirect(302, to: "ftp://127.0.0.1/feed")),
        ("no-answer", .refuse),
        ("end-before-the-head", .bytes("")),
        ("end-in-the-head", .bytes("HTTP/1.1 200 OK\r\nContent-Ty")),
        ("no-http", .bytes("data: a\n\n")),
        ("gzip", .gzip(first)),
        ("too-short", .stream(first.dropLast() + [.drop(.fin)], framing: .contentLength(99))),
        ("closed", .stream(first, framing: .closeDelimited)),
    ]

    private static let first: [Step] = [.raw("retry: 1\nid: 1\ndata: a\n\n"), .end]
    private static let second: [Step] = [.raw("id: 2\ndata: b\n\n"), .end]

    private static func answer(_ name: String, _ reply: Reply) -> ServedStream {
        ServedStream("/answers/\(name)", ["/feed": [reply, .stream(second), .status(204)]])
    }
}
