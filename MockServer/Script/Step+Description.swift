extension Step: CustomStringConvertible {
    /// The step as one would write it in a script: `.event("two", id: "2").cut(afterBytes: 9)`.
    public var description: String {
        var text = base
        if let cut { text += ".cut(afterBytes: \(cut))" }
        if let dribble { text += ".dribbled(\(dribble.bytes), every: \(dribble.interval.text))" }
        if lineEnding != .lf { text += ".lineEnding(.\(lineEnding.rawValue))" }
        if repetitions != 1 { text += ".repeated(\(repetitions))" }
        return text
    }

    private var base: String {
        switch kind {
        case .event(let data, let type, let id, let retry):
            var text = ".event(\(data.quoted)"
            if let type { text += ", type: \(type.quoted)" }
            if let id { text += ", id: \(id.quoted)" }
            if let retry { text += ", retry: \(retry.text)" }
            return text + ")"
        case .retry(let time): return ".retry(\(time.text))"
        case .comment(let text): return ".comment(\(text.quoted))"
        case .raw(let bytes): return ".raw(\(String(decoding: bytes, as: UTF8.self).quoted))"
        case .padding(let count): return ".padding(\(count))"
        case .wait(let time): return ".wait(\(time.text))"
        case .gate(let name): return ".gate(\(name.quoted))"
        case .mark(let name): return ".mark(\(name.quoted))"
        case .end: return ".end"
        case .drop(let how): return ".drop(.\(how.rawValue))"
        case .stall: return ".stall"
        case .hold: return ".hold"
        case .halfClose: return ".halfClose"
        }
    }

    /// What the step writes, in the words of the journal: `"two" id=2`, `retry 1 ms`.
    var summary: String {
        switch kind {
        case .event(let data, let type, let id, let retry):
            var text = data.quoted
            if let type { text += " type=\(type)" }
            if let id { text += " id=\(id)" }
            if let retry { text += " retry=\(retry.text)" }
            return text
        case .retry(let time): return "retry \(time.text)"
        case .comment(let text): return "comment \(text.quoted)"
        case .raw(let bytes): return "raw \(String(decoding: bytes, as: UTF8.self).quoted)"
        case .padding(let count): return "padding \(count)"
        case .wait, .gate, .mark, .end, .drop, .stall, .hold, .halfClose: return base
        }
    }
}

extension String {
    /// The text in quotes on one line, shortened to what helps to recognise it.
    var quoted: String {
        let limit = 40
        var text = ""
        for scalar in unicodeScalars.prefix(limit) {
            text += scalar.escaped(asASCII: false)
        }
        return unicodeScalars.count > limit ? "\"\(text)…\"" : "\"\(text)\""
    }
}
