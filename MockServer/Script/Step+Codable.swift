extension Step: Codable {
    private enum Key: String, CodingKey {
        case event, type, id, retry, comment, raw, base64, padding, wait, gate, mark, drop
        case cut, dribble, every, lineEnding, repeated
    }

    /// What tells the kind of a step, in the order of precedence; the others are its details.
    private static let leading: [Key] = [
        .event, .retry, .comment, .raw, .base64, .padding, .wait, .gate, .mark, .drop,
    ]

    private static let modifiers: [Key] = [.cut, .dribble, .every, .lineEnding, .repeated]

    private enum Word: String, Codable, CaseIterable {
        case end, stall, hold, halfClose

        var kind: Kind {
            switch self {
            case .end: .end
            case .stall: .stall
            case .hold: .hold
            case .halfClose: .halfClose
            }
        }
    }

    /// Reads a step from JSON such as `{"event": "two", "id": "2", "cut": 9}` or `"hold"`.
    ///
    /// Times are in milliseconds. Raw bytes are `{"raw": "text"}` or `{"base64": "…"}`. A member that
    /// a step of its kind does not have is an error, lest a slip of the pen change what is tested.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            guard let word = Word(rawValue: text) else {
                throw DecodingError.nonsense("\(text.quoted) is no step; \(Self.choice)", decoder)
            }
            self.init(word.kind)
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        guard let leading = Self.leading.first(where: { container.contains($0) }) else {
            throw DecodingError.nonsense(Self.choice, decoder)
        }
        let details: [Key] = leading == .event ? [.type, .id, .retry] : []
        try decoder.refuseMembers(except: [leading] + details + Self.modifiers)
        self.init(try Self.kind(in: container, leading))
        cut = try container.decodeIfPresent(WholeNumber.self, forKey: .cut)?.value
        if let bytes = try container.decodeIfPresent(WholeNumber.self, forKey: .dribble)?.value {
            let interval = try container.decodeIfPresent(Milliseconds.self, forKey: .every)
            dribble = Dribble(bytes: bytes, interval: interval?.duration ?? .zero)
        } else if container.contains(.every) {
            throw DecodingError.nonsense("\"every\" is the pause of a \"dribble\"", decoder)
        }
        let lineEnding = try container.decodeIfPresent(OneOf<LineEnding>.self, forKey: .lineEnding)
        self.lineEnding = lineEnding?.word ?? .lf
        repetitions = try container.decodeIfPresent(WholeNumber.self, forKey: .repeated)?.value ?? 1
    }

    private static let choice =
        "a step is one of "
        + (leading.map(\.rawValue) + Word.allCases.map { "\"\($0)\"" }).joined(separator: ", ")

    private static func kind(
        in container: KeyedDecodingContainer<Key>, _ leading: Key
    ) throws -> Kind {
        func text() throws -> String { try container.decode(String.self, forKey: leading) }
        func detail(_ key: Key) throws -> String? {
            try container.decodeIfPresent(String.self, forKey: key)
        }
        func time() throws -> Duration {
            try container.decode(Milliseconds.self, forKey: leading).duration
        }
        switch leading {
        case .event:
            let retry = try container.decodeIfPresent(Milliseconds.self, forKey: .retry)
            return .event(
                data: try text(), type: try detail(.type), id: try detail(.id),
                retry: retry?.duration)
        case .retry: return .retry(try time())
        case .comment: return .comment(try text())
        case .raw: return .raw(Array(try text().utf8))
        case .base64: return .raw(try container.decode(Base64.self, forKey: leading).bytes)
        case .padding:
            return .padding(try container.decode(WholeNumber.self, forKey: leading).value)
        case .wait: return .wait(try time())
        case .gate: return .gate(try text())
        case .mark: return .mark(try text())
        case .drop: return .drop(try container.decode(OneOf<Drop>.self, forKey: leading).word)
        case .type, .id, .cut, .dribble, .every, .lineEnding, .repeated:
            preconditionFailure("\(leading) tells no kind")
        }
    }

    /// Writes the step as `init(from:)` reads it.
    ///
    /// - Parameter encoder: The encoder to write to.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        if let word, self == Step(kind) {
            var container = encoder.singleValueContainer()
            return try container.encode(word)
        }
        var container = encoder.container(keyedBy: Key.self)
        try encodeKind(to: &container)
        try container.encodeIfPresent(cut, forKey: .cut)
        if let dribble {
            try container.encode(dribble.bytes, forKey: .dribble)
            try container.encode(Milliseconds(dribble.interval), forKey: .every)
        }
        if lineEnding != .lf { try container.encode(lineEnding, forKey: .lineEnding) }
        if repetitions != 1 { try container.encode(repetitions, forKey: .repeated) }
    }

    private var word: Word? {
        switch kind {
        case .end: .end
        case .stall: .stall
        case .hold: .hold
        case .halfClose: .halfClose
        case .event, .retry, .comment, .raw, .padding, .wait, .gate, .mark, .drop: nil
        }
    }

    private func encodeKind(to container: inout KeyedEncodingContainer<Key>) throws {
        switch kind {
        case .event(let data, let type, let id, let retry):
            try container.encode(data, forKey: .event)
            try container.encodeIfPresent(type, forKey: .type)
            try container.encodeIfPresent(id, forKey: .id)
            try container.encodeIfPresent(retry.map(Milliseconds.init), forKey: .retry)
        case .retry(let time): try container.encode(Milliseconds(time), forKey: .retry)
        case .comment(let text): try container.encode(text, forKey: .comment)
        case .raw(let bytes):
            if let text = String(validating: bytes, as: UTF8.self) {
                try container.encode(text, forKey: .raw)
            } else {
                try container.encode(Base64(bytes), forKey: .base64)
            }
        case .padding(let count): try container.encode(count, forKey: .padding)
        case .wait(let time): try container.encode(Milliseconds(time), forKey: .wait)
        case .gate(let name): try container.encode(name, forKey: .gate)
        case .mark(let name): try container.encode(name, forKey: .mark)
        case .drop(let how): try container.encode(how, forKey: .drop)
        case .end, .stall, .hold, .halfClose:
            throw EncodingError.invalidValue(
                self,
                .init(
                    codingPath: container.codingPath,
                    debugDescription: "\(self): a terminal step has no modifiers"))
        }
    }
}
