extension Reply: Codable {
    private enum Key: String, CodingKey {
        case stream, headers, framing, status, body, retryAfter, redirect, code, bytes
    }

    private enum Word: String, Codable {
        case refuse, repeatLast
    }

    /// Reads a reply from JSON.
    ///
    /// ```json
    /// {"stream": [{"event": "one", "id": "1"}, {"drop": "reset"}]}
    /// {"status": 503, "retryAfter": 1000}
    /// {"redirect": "/other", "code": 307}
    /// {"bytes": [{"raw": "HTTP/1.1 200"}, "stall"]}
    /// "refuse", "repeatLast"
    /// ```
    ///
    /// Times are in milliseconds.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        if let word = try? decoder.singleValueContainer().decode(Word.self) {
            switch word {
            case .refuse: kind = .refuse
            case .repeatLast: kind = .repeatLast
            }
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        let headers = try container.decodeIfPresent(Headers.self, forKey: .headers) ?? [:]
        if let steps = try container.decodeIfPresent([Step].self, forKey: .stream) {
            let framing = try container.decodeIfPresent(Framing.self, forKey: .framing)
            kind = .stream(steps, headers: headers, framing: framing ?? .chunked)
        } else if let code = try container.decodeIfPresent(Int.self, forKey: .status) {
            let retryAfter = try container.decodeIfPresent(Milliseconds.self, forKey: .retryAfter)
            kind = .status(
                code, headers: headers,
                body: try container.decodeIfPresent(String.self, forKey: .body) ?? "",
                retryAfter: retryAfter?.duration)
        } else if let location = try container.decodeIfPresent(String.self, forKey: .redirect) {
            let code = try container.decodeIfPresent(Int.self, forKey: .code)
            kind = .redirect(code ?? 302, to: location)
        } else if let steps = try container.decodeIfPresent([Step].self, forKey: .bytes) {
            kind = .bytes(steps)
        } else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: container.codingPath,
                    debugDescription: "a reply is one of stream, status, redirect, bytes, "
                        + "\"refuse\", \"repeatLast\""))
        }
    }

    /// Writes the reply as `init(from:)` reads it.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        switch kind {
        case .refuse: try Self.encode(.refuse, to: encoder)
        case .repeatLast: try Self.encode(.repeatLast, to: encoder)
        case .stream(let steps, let headers, let framing):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(steps, forKey: .stream)
            if !headers.isEmpty { try container.encode(headers, forKey: .headers) }
            if framing != .chunked { try container.encode(framing, forKey: .framing) }
        case .status(let code, let headers, let body, let retryAfter):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(code, forKey: .status)
            if !headers.isEmpty { try container.encode(headers, forKey: .headers) }
            if !body.isEmpty { try container.encode(body, forKey: .body) }
            try container.encodeIfPresent(
                retryAfter.map(Milliseconds.init), forKey: .retryAfter)
        case .redirect(let code, let location):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(location, forKey: .redirect)
            try container.encode(code, forKey: .code)
        case .bytes(let steps):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(steps, forKey: .bytes)
        }
    }

    private static func encode(_ word: Word, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(word)
    }
}

extension Reply.Framing: Codable {
    private enum Key: String, CodingKey {
        case contentLength
    }

    private enum Word: String, Codable {
        case chunked, closeDelimited
    }

    /// Reads `"chunked"`, `"closeDelimited"` or `{"contentLength": 100}`.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        switch try? decoder.singleValueContainer().decode(Word.self) {
        case .chunked: self = .chunked
        case .closeDelimited: self = .closeDelimited
        case nil:
            let container = try decoder.container(keyedBy: Key.self)
            self = .contentLength(try container.decode(Int.self, forKey: .contentLength))
        }
    }

    /// Writes the framing as `init(from:)` reads it.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        switch kind {
        case .contentLength(let count):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(count, forKey: .contentLength)
        case .chunked:
            var container = encoder.singleValueContainer()
            try container.encode(Word.chunked)
        case .closeDelimited, .raw:
            var container = encoder.singleValueContainer()
            try container.encode(Word.closeDelimited)
        }
    }
}
