import MockServer
import ServerSentEvents

/// The body of one answer while it is made: lines, and how they are written.
struct ChaosBody {
    /// How a connection writes all that it writes.
    private enum Manner: CaseIterable {
        /// Each event in one chunk.
        case whole
        /// In chunks that end anywhere.
        case oddChunks
        /// A few bytes at a time.
        case drip
        /// With pauses between the events.
        case pauses
    }

    /// Whether it may write slowly, or pause.
    var takesTime = true
    /// The number of the event after the last that is whole.
    private(set) var next: Int

    private let manner: Manner
    private let lineEnd: String
    private var steps: [Step] = []
    private var count = 0
    private var timeLeft: Duration

    init(feed: ChaosFeed, after seen: Int, _ generator: inout SeededGenerator) {
        manner = Manner.allCases[Int.random(in: 0..<Manner.allCases.count, using: &generator)]
        lineEnd = ["\n", "\r", "\r\n"][Int.random(in: 0..<3, using: &generator)]
        next = seen + 1
        timeLeft = feed.tempo.longestPause
    }

    /// What may come before the first event, and means nothing or little.
    mutating func begin(_ generator: inout SeededGenerator) {
        if Bool.random(using: &generator) { write([0xEF, 0xBB, 0xBF], &generator) }
        let retry = Int.random(in: 0...40, using: &generator)
        let lines: [[UInt8]] = [
            Array(": comment".utf8), [0x3A, 0xFF, 0xC0, 0x80], Array("retry: \(retry)".utf8),
            Array("retry: soon".utf8), Array("unknown: field".utf8), Array("id: a\0b".utf8),
            Array((": " + String(repeating: "x", count: 3000)).utf8), Array("event: x".utf8), [],
        ]
        for line in lines.shuffled(using: &generator).prefix(3) {
            write(line + Array(lineEnd.utf8), &generator)
        }
        // Whatever came before is over, the type of an event among it.
        write(Array(lineEnd.utf8), &generator)
    }

    mutating func add(_ event: ServerSentEvent, _ generator: inout SeededGenerator) {
        if manner == .pauses { pause(.milliseconds(Int.random(in: 1...40, using: &generator))) }
        write(bytes(of: event), &generator)
        next = (Int(event.lastEventID) ?? 0) + 1
    }

    mutating func addPart(of event: ServerSentEvent, _ generator: inout SeededGenerator) {
        let bytes = bytes(of: event)
        write(Array(bytes[..<Int.random(in: 1..<bytes.count, using: &generator)]), &generator)
    }

    /// The answer, with its end.
    func reply(_ fault: Fault, timeout: Duration) -> Reply {
        switch fault {
        case .endOfClosedBody: .stream(steps, framing: .closeDelimited)
        case .halfClose: .stream(steps + [.halfClose])
        case .finBetweenEvents, .finInsideALine: .stream(steps + [.drop(.fin)])
        case .resetBetweenEvents, .resetInsideALine: .stream(steps + [.drop(.reset)])
        case .truncatedLength:
            .stream(steps + [.drop(.fin)], framing: .contentLength(count + 100))
        case .malformedChunk:
            .bytes(
                steps: [
                    .raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"),
                    .raw("Transfer-Encoding: chunked\r\n\r\n"),
                    .raw("4\r\n: ok\r\nno size\r\n"), .drop(.fin),
                ])
        case .silenceBetweenEvents, .silenceInsideALine:
            .stream(steps + [.wait(timeout), .stall])
        default: .stream(steps)
        }
    }

    // MARK: Writing

    private func bytes(of event: ServerSentEvent) -> [UInt8] {
        var lines = ["id: \(event.lastEventID)"]
        if event.type != "message" { lines.append("event:\(event.type)") }
        lines += event.data.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "data: \($0)" }
        let text = lines.map { $0 + lineEnd }.joined() + lineEnd
        return Self.broken(Array(text.utf8))
    }

    /// The bytes, with what becomes U+FFFD in place of it.
    private static func broken(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        var result: [UInt8] = []
        while let first = rest.first {
            if rest.starts(with: [0xEF, 0xBF, 0xBD]) {
                result.append(0xFF)
                rest = rest.dropFirst(3)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    private mutating func write(_ bytes: [UInt8], _ generator: inout SeededGenerator) {
        count += bytes.count
        switch manner {
        case .whole, .pauses:
            steps.append(.raw(bytes))
        case .oddChunks:
            var rest = bytes[...]
            while !rest.isEmpty {
                let size = min(rest.count, Int.random(in: 1...20, using: &generator))
                steps.append(.raw(Array(rest.prefix(size))))
                rest = rest.dropFirst(size)
            }
        case .drip:
            let size = bytes.count / 8 + 1
            let interval = Duration.milliseconds(1)
            let time = interval * 8
            guard takesTime, time <= timeLeft else { return steps.append(.raw(bytes)) }
            timeLeft -= time
            steps.append(.raw(bytes).dribbled(size, every: interval))
        }
    }

    private mutating func pause(_ time: Duration) {
        guard takesTime, time <= timeLeft else { return }
        timeLeft -= time
        steps.append(.wait(time))
    }
}
