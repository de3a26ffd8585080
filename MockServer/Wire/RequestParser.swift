import ServerSentEvents

/// Reads HTTP/1.1 requests from the bytes of one connection, without keeping any itself.
///
/// Source: [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112).
enum RequestParser {
    /// The longest head that is read.
    static let headLimit = 64 << 10

    /// The longest body that is read.
    static let bodyLimit = 1 << 20

    /// How the end of a request's body is told.
    enum Framing: Equatable {
        case length(Int)
        case chunked
    }

    /// The head of a request.
    struct Head: Equatable {
        var request: Request
        var framing: Framing
        /// How many bytes the head takes.
        var count: Int
        var keepsAlive: Bool
        /// Whether the client understands chunks: not before HTTP/1.1.
        var takesChunks: Bool
        var expectsContinue: Bool
    }

    /// Why a request cannot be read: the status for the client, and a text for both.
    struct Failure: Error, Equatable {
        var status: Int
        var text: String

        static func malformed(_ text: String) -> Failure { Failure(status: 400, text: text) }
        static let tooLong = Failure(status: 413, text: "the body is longer than 1 MiB")
        static let longHead = Failure(
            status: 431, text: "the request's head is longer than 64 KiB")
        static let longLine = Failure(
            status: 400, text: "the line of a chunk is longer than 4 KiB")
        static let longTrailers = Failure(
            status: 431, text: "the request's trailers are longer than 64 KiB")
    }

    /// Reads the head.
    ///
    /// - Parameter bytes: All bytes received.
    /// - Returns: The head, or `nil` if it is not complete yet.
    /// - Throws: ``Failure`` if it is malformed or too long.
    static func head(in bytes: [UInt8]) throws(Failure) -> Head? {
        if bytes.first == 0x16 { throw .malformed("the client speaks TLS; the server is http://") }
        // Clients may send empty lines before the request line.
        let start = bytes.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? bytes.endIndex
        guard let end = headEnd(in: bytes, from: start) else {
            if bytes.count <= headLimit { return nil }
            throw .longHead
        }
        // The empty lines count: they did while the head was not complete.
        guard end <= headLimit else {
            throw .longHead
        }
        var lines = bytes[start..<end].split(separator: 0x0A).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        let first = lines.removeFirst()
        let parts = first.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[2].hasPrefix("HTTP/1.") else {
            throw .malformed("the request line is malformed: \(Redaction.url(first).quoted)")
        }
        let headers = try fields(lines.filter { !$0.isEmpty })
        let (path, query) = try split(target: String(parts[1]))
        let options = headers["Connection"]?.lowercased() ?? ""
        return Head(
            request: Request(
                method: String(parts[0]), path: path, query: query, headers: headers),
            framing: try framing(headers), count: end,
            keepsAlive: parts[2] == "HTTP/1.1" && !options.contains("close"),
            takesChunks: parts[2] != "HTTP/1.0",
            expectsContinue: headers["Expect"]?.lowercased() == "100-continue")
    }

    /// Reads the body.
    ///
    /// - Parameters:
    ///   - head: The head that was read.
    ///   - bytes: All bytes received, the head included.
    /// - Returns: The body and how many bytes the whole request takes, or `nil` if it is not
    ///   complete yet.
    /// - Throws: ``Failure`` if it is malformed or too long.
    static func body(
        of head: Head, in bytes: [UInt8]
    ) throws(Failure) -> (body: [UInt8], count: Int)? {
        switch head.framing {
        case .length(let length):
            guard length <= bodyLimit else { throw .tooLong }
            guard bytes.count - head.count >= length else { return nil }
            let end = head.count + length
            return (Array(bytes[head.count..<end]), end)
        case .chunked:
            return try chunkedBody(in: bytes, from: head.count)
        }
    }

    private static func headEnd(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while let lineFeed = bytes[index...].firstIndex(of: 0x0A) {
            index = lineFeed + 1
            let next = bytes[index...].prefix(2)
            if next.first == 0x0A { return index + 1 }
            if next.elementsEqual([0x0D, 0x0A]) { return index + 2 }
        }
        return nil
    }

    private static func fields(_ lines: [String]) throws(Failure) -> Headers {
        var headers = Headers()
        for line in lines {
            // A blank before the colon must not hide a field, such as one that tells the framing:
            // RFC 9112, section 5.1.
            guard let colon = line.utf8.firstIndex(of: 0x3A),
                case let name = String(line[..<colon]), FieldSyntax.isToken(name)
            else {
                throw .malformed(
                    "the header line is malformed: it begins with \(Redaction.token(line))")
            }
            let value = line.utf8[line.utf8.index(after: colon)...]
            headers.append(
                name: name, value: String(decoding: value.trimmingBlanks(), as: UTF8.self))
        }
        return headers
    }

    private static func framing(_ headers: Headers) throws(Failure) -> Framing {
        if let coding = headers["Transfer-Encoding"] {
            guard coding.lowercased() == "chunked" else {
                throw Failure(status: 501, text: "the transfer coding \(coding.quoted) is unknown")
            }
            return .chunked
        }
        guard let length = headers["Content-Length"] else { return .length(0) }
        guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .malformed("the Content-Length is malformed: \(length.quoted)")
        }
        return .length(Int(length) ?? .max)
    }

    /// Splits `/path?query`; of an absolute target (as sent to a proxy) only these count.
    private static func split(
        target: String
    ) throws(Failure) -> (path: String, query: String?) {
        var target = target[...]
        if target.hasPrefix("http://") {
            target = target.dropFirst(7).drop { $0 != "/" && $0 != "?" }
            if !target.hasPrefix("/") { target = "/" + target }
        }
        guard target.hasPrefix("/") || target == "*" else {
            throw .malformed(
                "the request's target is malformed: \(Redaction.url(String(target)).quoted)")
        }
        guard let mark = target.firstIndex(of: "?") else { return (String(target), nil) }
        return (String(target[..<mark]), String(target[target.index(after: mark)...]))
    }
}

extension BidirectionalCollection where Element == UInt8 {
    fileprivate func trimmingBlanks() -> SubSequence {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var slice = self.drop(while: isBlank)
        while let last = slice.last, isBlank(last) { slice = slice.dropLast() }
        return slice
    }
}
