import MockServer

extension ServedStream {
    /// Streams that chance would hardly make; each body is that of a connection.
    static let cases: [ServedStream] = [
        (
            "named-as-signals",
            ["retry: 1\nevent: open\ndata: 1\n\nevent: error\ndata: 2\n\nevent: message\ndata\n\n"]
        ),
        (
            "ids",
            [
                "retry: 1\nid: é漢😀\ndata\n\n", "id: a\u{1}b\u{7F}\ndata\n\n", "id:  1\ndata\n\n",
                "id\ndata: x\n\n", "data\n\n",
            ]
        ),
        (
            "marks",
            [
                "\u{FEFF}retry: 1\ndata: a\n\n\u{FEFF}data: b\n\n",
                "\u{FEFF}\u{FEFF}data: c\n\ndata: d\n\n",
            ]
        ),
        ("long-line", ["retry: 1\ndata: " + String(repeating: "漢", count: 1 << 16) + "\n\n"]),
        ("many-lines", ["retry: 1\n" + String(repeating: "data: é\r\n", count: 1 << 13) + "\r\n"]),
        (
            "long-retry",
            ["retry: 9999999999999999999999999999\nretry: 0000000000000000000001\ndata\n\n"]
        ),
        ("the-same-again", ["retry: 1\nid: 1\ndata: a\n\n", "id: 1\ndata: a\n\n"]),
        ("nothing", ["retry: 1\n", "", "\u{FEFF}", "\n", ":"]),
    ].map { name, bodies in
        ServedStream("/cases/\(name)", bodies.map { Body(bytes: Array($0.utf8)) })
    }
}
