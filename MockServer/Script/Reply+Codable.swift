extension Reply: Codable {
    private enum Key: String, CodingKey {
        case stream, gzip, headers, framing, status, body, retryAfter, redirect, code, bytes
    }

    /// What tells the kind of a reply, and the details that this kind may have.
    private static let members: [(leading: Key, details: [Key])] = [
        (.stream, [.headers, .framing]), (.gzip, [.headers, .framing]),
        (.status, [.headers, .body, .retryAfter]), (.redirect, [.code]), (.bytes, []),
    ]

    private enum Word: String, Codable, CaseIterable {
        case refuse, repeatLast

        var kind: Kind {
            switch self {
            case .refuse: .refuse
            case .repeatLast: .repeatLast
            }
        }
    }

    /// Reads a reply from JSON.
    ///
    /// ```json
    /// {"stream": [{"event": "one", "id": "1"}, {"drop": "reset"}]}
    /// {"gzip": [{"event": "one"}, "end"]}
    /// {"status": 503, "retryAfter": 1000}
    /// {"redirect": "/other", "code": 307}
    /// {"bytes": [{"raw": "HTTP/1.1 200"}, "stall"]}
    /// "refuse", "repeatLast"
    /// ```
    ///
    /// Times are in milliseconds. A member that a reply of its kind does not have is an error.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            guard let word = Word(rawValue: text) else {
                throw DecodingError.nonsense("\(text.quoted) is no reply; \(Self.choice)", decoder)
            }
            kind = word.kind
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        guard let members = Self.members.first(where: { container.contains($0.leading) }) else {
            throw DecodingError.nonsense(Self.choice, decoder)
        }
        try decoder.refuseMembers(except: [members.leading] + members.details)
        kind = try Self.kind(in: container, members.leading)
    }

    private static let choice =
        "a reply is one of "
        + (members.map(\.leading.rawValue) + Word.allCases.map { "\"\($0)\"" })
        .joined(separator: ", ")

    private static func kind(
        in container: KeyedDecodingContainer<Key>, _ leading: Key
    ) throws -> Kind {
        let headers = try container.decodeIfPresent(Headers.self, forKey: .headers) ?? [:]
        switch leading {
        case .stream, .gzip:
            let framing = try container.decodeIfPresent(Framing.self, forKey: .framing)
            return .stream(
                try container.decode([Step].self, forKey: leading), headers: headers,
                framing: framing ?? .chunked, coding: leading == .gzip ? .gzip : .identity)
        case .status:
            let retryAfter = try container.decodeIfPresent(Milliseconds.self, forKey: .retryAfter)
            return .status(
                try container.decode(WholeNumber.self, forKey: leading).value, headers: headers,
                body: try container.decodeIfPresent(String.self, forKey: .body) ?? "",
                retryAfter: retryAfter?.duration)
        case .redirect:
            let code = try container.decodeIfPresent(WholeNumber.self, forKey: .code)?.value
            return .redirect(code ?? 302, to: try container.decode(String.self, forKey: leading))
        case .bytes:
            return .bytes(try container.decode([Step].self, forKey: leading))
        case .headers, .framing, .body, .retryAfter, .code:
            preconditionFailure("\(leading) tells no kind")
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
        case .stream(let steps, let headers, let framing, let coding):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(steps, forKey: coding == .gzip ? .gzip : .stream)
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

    private enum Word: String, Codable, CaseIterable {
        case chunked, closeDelimited
    }

    /// Reads `"chunked"`, `"closeDelimited"` or `{"contentLength": 100}`.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            switch Word(rawValue: text) {
            case .chunked: self = .chunked
            case .closeDelimited: self = .closeDelimited
            case nil:
                throw DecodingError.nonsense(
                    "\(text.quoted) is no framing; \(Self.choice)", decoder)
            }
            return
        }
        guard let container = try? decoder.container(keyedBy: Key.self),
            container.contains(.contentLength)
        else { throw DecodingError.nonsense(Self.choice, decoder) }
        try decoder.refuseMembers(except: [Key.contentLength])
        self = .contentLength(try container.decode(WholeNumber.self, forKey: .contentLength).value)
    }

    private static let choice =
        "a framing is one of "
        + (Word.allCases.map { "\"\($0)\"" } + [Key.contentLength.rawValue])
        .joined(separator: ", ")

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
