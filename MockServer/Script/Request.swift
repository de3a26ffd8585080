import ServerSentEvents

/// What a client asked for.
///
/// ```swift
/// let again = try await server.connection(2, on: "/feed")
/// #expect(again.request.lastEventID == "1")
/// #expect(again.request.headers["Accept"] == "text/event-stream")
/// ```
public struct Request: Sendable, Hashable {
    /// The method, such as `GET`.
    public var method: String

    /// The path, as it was sent (percent-encoded), without the query.
    public var path: String

    /// What follows the `?`, as it was sent; `nil` without one.
    public var query: String?

    /// The header fields, in the order they came.
    public var headers: Headers

    /// The body, without its framing; one of more than 1 MiB is answered with 413, and is an issue.
    public var body: [UInt8]

    /// Creates a request, for tests of code that takes one.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path, without the query.
    ///   - query: The query, without the `?`.
    ///   - headers: The header fields.
    ///   - body: The body.
    public init(
        method: String = "GET", path: String, query: String? = nil, headers: Headers = [:],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The value of `Last-Event-ID`, decoded as UTF-8; `nil` if the client sent none.
    public var lastEventID: String? { headers["Last-Event-ID"] }

    /// This request without what must not end up in logs.
    var redacted: Request {
        var request = self
        request.headers = Headers(
            headers.map { field in
                switch field.name.lowercased() {
                case "authorization", "proxy-authorization", "cookie":
                    Headers.Field(name: field.name, value: Redaction.mark)
                default: field
                }
            })
        return request
    }
}

extension Request: CustomReflectable {
    /// What `print` and `dump` show: no query, no value of a header field that may be a credential,
    /// and of the body only the size.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "method": method, "path": path,
                "query": query.map { _ in Redaction.mark } as Any, "headers": headers,
                "body": "\(body.count) bytes",
            ],
            displayStyle: .struct)
    }
}
