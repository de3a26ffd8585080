import ServerSentEvents

/// The standard's text, followed sentence by sentence on a whole body; slow, and easy to check.
///
/// It works on scalars after decoding everything, where the real parser works on bytes.
struct ReferenceParser {
    static func outcome(of bytes: [UInt8], lastEventID: String = "") -> Outcome {
        var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }

        var parser = ReferenceParser()
        parser.lastEventIDBuffer = lastEventID
        parser.outcome.lastEventID = lastEventID
        var line: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
            if scalar == "\r" || scalar == "\n" {
                parser.process(line)
                line = []
            } else {
                line.append(scalar)
            }
        }
        return parser.outcome
    }

    private var outcome = Outcome()
    private var data: [Unicode.Scalar] = []
    private var type = ""
    private var lastEventIDBuffer = ""

    private mutating func process(_ line: [Unicode.Scalar]) {
        guard !line.isEmpty else { return dispatch() }
        guard let colon = line.firstIndex(of: ":") else { return process(name: line, value: []) }
        var value = line[(colon + 1)...]
        if value.first == " " { value = value.dropFirst() }
        if colon == 0 {
            outcome.elements.append(.comment(Self.string(value)))
        } else {
            process(name: Array(line[..<colon]), value: Array(value))
        }
    }

    private mutating func process(name: [Unicode.Scalar], value: [Unicode.Scalar]) {
        // Scalars, not strings, are compared: strings would be equal by canonical equivalence.
        switch name {
        case Array("event".unicodeScalars): type = Self.string(value)
        case Array("data".unicodeScalars): data += value + ["\n"]
        case Array("id".unicodeScalars):
            if !value.contains("\0") { lastEventIDBuffer = Self.string(value) }
        case Array("retry".unicodeScalars):
            guard !value.isEmpty, value.allSatisfy({ ("0"..."9").contains($0) }) else { return }
            let longest = 365 * 24 * 60 * 60 * 1000
            let digits = value.drop { $0 == "0" }
            let number = digits.count > 15 ? longest : Int(Self.string(digits)) ?? 0
            outcome.reconnectionTime = .milliseconds(min(number, longest))
        default: break
        }
    }

    private mutating func dispatch() {
        outcome.lastEventID = lastEventIDBuffer
        if !data.isEmpty {
            outcome.elements.append(
                .event(
                    ServerSentEvent(
                        type: type.isEmpty ? "message" : type, data: Self.string(data.dropLast()),
                        lastEventID: outcome.lastEventID)))
        }
        data = []
        type = ""
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var string = ""
        string.unicodeScalars.append(contentsOf: scalars)
        return string
    }
}
