import ServerSentEvents

/// Reads one HTTP/1.1 answer from what was written, as a client does, without keeping the body.
///
/// Source: [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112).
struct ResponseDecoder: Sendable {
    /// What came out of the bytes.
    enum Output: Sendable {
        case head(ServerSentEvents.ResponseHead)
        case body([UInt8])
        /// The answer is complete.
        case complete
        case failed(MemoryFailure)
    }

    private enum State {
        case head([UInt8])
        case length(Int)
        case chunks(ChunkDecoder)
        case untilClose
        case over
    }

    /// The longest head that is read.
    private static let headLimit = 256 << 10

    private let isHeadRequest: Bool
    private var state = State.head([])

    init(method: String) {
        isHeadRequest = method == "HEAD"
    }

    /// Reads more bytes.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: What came out of them, in order.
    mutating func read(_ bytes: ArraySlice<UInt8>) -> [Output] {
        var rest = bytes
        var outputs: [Output] = []
        // A head may be followed by the beginning of the body.
        while !rest.isEmpty {
            switch state {
            case .head(let before):
                let after = readHead(before + rest, into: &outputs)
                rest = after[...]
            case .length(let count):
                let body = rest.prefix(count)
                outputs.append(.body(Array(body)))
                rest = rest.dropFirst(body.count)
                state = .length(count - body.count)
                if body.count == count { complete(&outputs) }
            case .chunks(var decoder):
                let progress = decoder.read(&rest)
                state = .chunks(decoder)
                switch progress {
                case .body(let bytes): if !bytes.isEmpty { outputs.append(.body(bytes)) }
                case .end: complete(&outputs)
                case .malformed(let text): fail(.malformed(text), &outputs)
                }
            case .untilClose:
                outputs.append(.body(Array(rest)))
                rest = []
            case .over:
                rest = []
            }
        }
        return outputs
    }

    /// Reads the end of the bytes.
    ///
    /// - Returns: What that means.
    mutating func end() -> [Output] {
        var outputs: [Output] = []
        switch state {
        case .over: break
        case .untilClose: complete(&outputs)
        case .head, .length, .chunks: fail(.closed, &outputs)
        }
        return outputs
    }

    private mutating func complete(_ outputs: inout [Output]) {
        state = .over
        outputs.append(.complete)
    }

    private mutating func fail(_ failure: MemoryFailure, _ outputs: inout [Output]) {
        state = .over
        outputs.append(.failed(failure))
    }

    // MARK: The head

    /// Reads a head if it is there whole.
    ///
    /// - Returns: What follows it.
    private mutating func readHead(_ bytes: [UInt8], into outputs: inout [Output]) -> [UInt8] {
        guard let end = Self.headEnd(in: bytes) else {
            state = .head(bytes)
            if bytes.count > Self.headLimit { fail(.malformed("the head is too long"), &outputs) }
            return []
        }
        guard let head = Self.head(in: bytes[..<end]) else {
            fail(.malformed("the head is no HTTP"), &outputs)
            return []
        }
        state = .head([])
        // An informational answer is followed by another.
        guard head.status >= 200 else { return Array(bytes[end...]) }
        outputs.append(.head(head))
        beginBody(after: head, &outputs)
        return Array(bytes[end...])
    }

    private mutating func beginBody(
        after head: ServerSentEvents.ResponseHead, _ outputs: inout [Output]
    ) {
        if isHeadRequest || head.status == 204 || head.status == 304 {
            return complete(&outputs)
        }
        if let coding = head.headers["Transfer-Encoding"]?.lowercased(), coding.contains("chunked")
        {
            state = .chunks(ChunkDecoder())
            return
        }
        guard let length = head.headers["Content-Length"] else {
            state = .untilClose
            return
        }
        guard let count = Int(length), count >= 0 else {
            return fail(.malformed("the Content-Length is no number"), &outputs)
        }
        state = .length(count)
        if count == 0 { complete(&outputs) }
    }

    private static func headEnd(in bytes: [UInt8]) -> Int? {
        var lineIsEmpty = true
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x0A where lineIsEmpty && index > 1: return index + 1
            case 0x0A: lineIsEmpty = true
            case 0x0D: break
            default: lineIsEmpty = false
            }
        }
        return nil
    }

    private static func head(in bytes: ArraySlice<UInt8>) -> ServerSentEvents.ResponseHead? {
        var lines = bytes.split(separator: 0x0A).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        lines.removeAll { $0.isEmpty }
        guard let first = lines.first else { return nil }
        let parts = first.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), parts[1].utf8.count == 3,
            let status = Int(parts[1]), status >= 100
        else { return nil }
        var fields: [HeaderFields.Field] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append(.init(name: String(line[..<colon]), value: String(value)))
        }
        return ServerSentEvents.ResponseHead(status: status, headers: HeaderFields(fields))
    }
}
