/// The status line and headers of an answer.
struct ResponseHead: Sendable {
    var status: Int
    var headers: Headers

    /// The bytes on the wire, the empty line included.
    var bytes: [UInt8] {
        var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for field in headers { text += "\(field.name): \(field.value)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 204: "No Content"
        case 205: "Reset Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 413: "Content Too Large"
        case 425: "Too Early"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Status"
        }
    }

    /// The head of a stream.
    ///
    /// - Parameters:
    ///   - headers: What the script says.
    ///   - framing: How the end of the body is told.
    ///   - coding: How the body is coded.
    ///   - closes: Whether the connection ends with this answer.
    /// - Returns: The head.
    static func stream(
        headers: Headers, framing: Reply.Framing, coding: Reply.Coding, closes: Bool
    ) -> ResponseHead {
        var all = headers.over([
            "Content-Type": "text/event-stream", "Cache-Control": "no-cache",
            "X-Accel-Buffering": "no",
        ])
        switch coding {
        case .identity: break
        case .gzip: all.append(name: "Content-Encoding", value: "gzip")
        }
        switch framing.kind {
        case .chunked: all.append(name: "Transfer-Encoding", value: "chunked")
        case .contentLength(let count): all.append(name: "Content-Length", value: String(count))
        case .closeDelimited, .raw: break
        }
        return ResponseHead(status: 200, headers: all).closing(closes)
    }

    /// The head of a complete answer.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - headers: What the script says.
    ///   - bodyCount: How many bytes the body has.
    ///   - retryAfter: The value of `Retry-After`.
    ///   - closes: Whether the connection ends with this answer.
    /// - Returns: The head.
    static func complete(
        _ status: Int, headers: Headers, bodyCount: Int, retryAfter: Duration? = nil, closes: Bool
    ) -> ResponseHead {
        var defaults = Headers()
        if bodyCount > 0 {
            defaults.append(name: "Content-Type", value: "text/plain; charset=utf-8")
        }
        if let retryAfter {
            let (seconds, rest) = retryAfter.boundedComponents
            let isRounded = rest > 0 && seconds < .max
            defaults.append(name: "Retry-After", value: String(isRounded ? seconds + 1 : seconds))
        }
        var all = headers.over(defaults)
        if status != 204, status != 304 {
            all.append(name: "Content-Length", value: String(bodyCount))
        }
        return ResponseHead(status: status, headers: all).closing(closes)
    }

    private func closing(_ closes: Bool) -> ResponseHead {
        guard closes, headers["Connection"] == nil else { return self }
        var head = self
        head.headers.append(name: "Connection", value: "close")
        return head
    }
}
