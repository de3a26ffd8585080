import MockServer

/// A raw HTTP answer with a few bytes changed, the same for the same seed.
struct MutatedAnswer {
    var bytes: [UInt8]
    var drop: Step.Drop

    private static let originals = [
        """
        HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n\
        f\r\nid: 1\ndata: a\n\n\r\nb;x=y\r\ndata: one\n\n\r\n0\r\nX-Trailer: 1\r\n\r\n
        """,
        """
        HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 22\r\n\r\n\
        data: one\n\ndata: two\n\n
        """,
        "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 1\ndata: one\n\n",
        """
        HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n\
        HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n
        """,
        "HTTP/1.1 302 Found\r\nLocation: /feed\r\nContent-Length: 3\r\n\r\nno!",
        "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.1 204 No Content\r\nSet-Cookie: a=b\r\nConnection: keep-alive\r\n\r\n",
    ]

    private static let words = [
        "\r\n", "\n", "\r", ":", " ", "\0", "HTTP/1.1 ", "HTTP/2 200\r\n", "chunked", "0\r\n\r\n",
        "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: br\r\n", "Content-Length: 18446744073709551616\r\n",
        "Content-Length: -1\r\n", "Content-Length: 5, 5\r\n", "Content-Range: bytes 1-2/3\r\n",
        "Connection: close\r\n", "Connection: Upgrade\r\nUpgrade: h2c\r\n",
        "Alt-Svc: h2=\":1\"\r\n",
        "Retry-After: 1\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "ffffffffffffffff\r\n",
        "7fffffff\r\n", "\u{FEFF}", "é", String(repeating: "x", count: 5000),
        String(repeating: "a: b\r\n", count: 500),
    ]

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        bytes = Array(Self.originals[Int.random(in: 0..<7, using: &generator)].utf8)
        drop = Bool.random(using: &generator) ? .fin : .reset
        for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&generator) }
        if bytes.isEmpty { bytes = [0] }
    }

    private mutating func mutate(_ generator: inout SeededGenerator) {
        let start = Int.random(in: 0...bytes.count, using: &generator)
        let end = min(bytes.count, start + Int.random(in: 1...20, using: &generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: for index in start..<end { bytes[index] = .random(in: 0...255, using: &generator) }
        case 1: if start < end { bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
        case 2: bytes.removeSubrange(start..<end)
        case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 4: bytes.removeSubrange(start...)
        case 5: if start < end { bytes.swapAt(start, end - 1) }
        default:
            let word = Self.words.randomElement(using: &generator) ?? ""
            bytes.insert(contentsOf: word.utf8, at: start)
        }
    }
}
