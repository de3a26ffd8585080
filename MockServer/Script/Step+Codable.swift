extension Step: Codable {
    private enum Key: String, CodingKey {
        case event, type, id, retry, comment, raw, base64, padding, wait, gate, mark, drop
        case cut, dribble, every, lineEnding, repeated
    }

    private enum Word: String, Codable {
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
    /// Times are in milliseconds. Raw bytes are `{"raw": "text"}` or `{"base64": "…"}`.
    ///
    /// - Parameter decoder: The decoder to read from.
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        if let word = try? decoder.singleValueContainer().decode(Word.self) {
            self.init(word.kind)
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        self.init(try Self.kind(in: container))
        cut = try container.decodeIfPresent(Int.self, forKey: .cut)
        if let bytes = try container.decodeIfPresent(Int.self, forKey: .dribble) {
            let interval = try container.decodeIfPresent(Milliseconds.self, forKey: .every)
            dribble = Dribble(bytes: bytes, interval: interval?.duration ?? .zero)
        }
        lineEnding = try container.decodeIfPresent(LineEnding.self, forKey: .lineEnding) ?? .lf
        repetitions = try container.decodeIfPresent(Int.self, forKey: .repeated) ?? 1
    }

    private static func kind(in container: KeyedDecodingContainer<Key>) throws -> Kind {
        func text(_ key: Key) throws -> String? {
            try container.decodeIfPresent(String.self, forKey: key)
        }
        func time(_ key: Key) throws -> Duration? {
            try container.decodeIfPresent(Milliseconds.self, forKey: key)?.duration
        }
        if let data = try text(.event) {
            return .event(
                data: data, type: try text(.type), id: try text(.id), retry: try time(.retry))
        }
        if let time = try time(.retry) { return .retry(time) }
        if let text = try text(.comment) { return .comment(text) }
        if let text = try text(.raw) { return .raw(Array(text.utf8)) }
        if let bytes = try container.decodeIfPresent(Base64.self, forKey: .base64) {
            return .raw(bytes.bytes)
        }
        if let count = try container.decodeIfPresent(Int.self, forKey: .padding) {
            return .padding(count)
        }
        if let time = try time(.wait) { return .wait(time) }
        if let name = try text(.gate) { return .gate(name) }
        if let name = try text(.mark) { return .mark(name) }
        if let how = try container.decodeIfPresent(Drop.self, forKey: .drop) { return .drop(how) }
        throw DecodingError.dataCorrupted(
            .init(
                codingPath: container.codingPath,
                debugDescription: "a step is one of event, retry, comment, raw, base64, padding, "
                    + "wait, gate, mark, drop, \"end\", \"stall\", \"hold\", \"halfClose\""))
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
