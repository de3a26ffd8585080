extension Step {
    /// The bytes that one repetition of this step puts into the body, before any cut.
    ///
    /// Source: [WHATWG HTML, parsing an event stream](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
    var fullBytes: [UInt8] {
        var lines = EventLines(ending: lineEnding.bytes)
        switch kind {
        case .event(let data, let type, let id, let retry):
            if let id { lines.append("id", id) }
            if let type { lines.append("event", type) }
            if let retry { lines.append("retry", String(retry.wholeMilliseconds)) }
            for line in EventLines.split(data) { lines.append("data", line) }
            lines.appendBlank()
        case .retry(let time):
            lines.append("retry", String(time.wholeMilliseconds))
            lines.appendBlank()
        case .comment(let text):
            for line in EventLines.split(text) { lines.append("", line) }
            lines.appendBlank()
        case .raw(let bytes):
            return bytes
        case .padding(let count):
            let filling = max(0, count - 1 - lineEnding.bytes.count)
            return [0x3A] + Array(repeating: 0x20, count: filling) + lineEnding.bytes
        case .wait, .gate, .mark, .end, .drop, .stall, .hold, .halfClose:
            return []
        }
        return lines.bytes
    }

    /// The bytes that one repetition of this step puts into the body.
    var bytes: [UInt8] {
        guard let cut else { return fullBytes }
        return Array(fullBytes.prefix(max(0, cut)))
    }
}

/// Builds the lines of an event stream.
struct EventLines {
    private(set) var bytes: [UInt8] = []
    private let ending: [UInt8]

    init(ending: [UInt8]) {
        self.ending = ending
    }

    mutating func append(_ field: String, _ value: String) {
        append(field, Array(value.utf8)[...])
    }

    mutating func append(_ field: String, _ value: ArraySlice<UInt8>) {
        bytes += field.utf8
        bytes += [0x3A, 0x20]
        bytes += value
        bytes += ending
    }

    mutating func appendBlank() {
        bytes += ending
    }

    /// Splits a text where a client would: at LF, CR and CRLF, at nothing else.
    static func split(_ text: String) -> [ArraySlice<UInt8>] {
        let bytes = Array(text.utf8)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
            let isSecondHalf = byte == 0x0A && index > 0 && bytes[index - 1] == 0x0D
            if !isSecondHalf { lines.append(bytes[start..<index]) }
            start = index + 1
        }
        return lines + [bytes[start...]]
    }
}
