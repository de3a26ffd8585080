import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension EventStream {
    private static let lastEventIDField = "Last-Event-ID"

    /// The ID to resume from on the first connection.
    var initialLastEventID: String {
        if !configuration.lastEventID.isEmpty { return configuration.lastEventID }
        let field = configuration.headers.first { name, _ in
            name.lowercased() == Self.lastEventIDField.lowercased()
        }
        return field?.value ?? request.value(forHTTPHeaderField: Self.lastEventIDField) ?? ""
    }

    /// The policy in force: re-sending anything but GET and HEAD may repeat its effect.
    var reconnectionPolicy: ReconnectionPolicy {
        if let policy = configuration.reconnection { return policy }
        return request.isRead ? .default : .never
    }

    /// The request of one attempt, complete and checked.
    func request(for attempt: Attempt) async throws(EventStreamError) -> URLRequest {
        let lastEventID = attempt.lastEventID
        var request = request
        request.cachePolicy = .reloadIgnoringLocalCacheData
        request.httpShouldHandleCookies = configuration.credentials == .include
        try Self.check(request)
        request.url = request.url.map(Self.withLowercaseScheme)

        var fields = request.fields
        for (name, value) in [
            // Without it, URLSession would offer codings whose decoders hold events back.
            ("Accept-Encoding", "identity"), ("Accept", "text/event-stream"),
            ("Cache-Control", "no-cache"),
        ] where fields[name] == nil {
            fields[name] = value
        }
        var names: Set<String> = []
        for (name, value) in configuration.headers {
            try Self.check(name: name, value: value)
            // A dictionary has no order by which one of them could win.
            guard names.insert(name.lowercased()).inserted else {
                throw Self.invalid(
                    "`headers` has \(name) more than once, in upper and lower case: give it once.")
            }
            fields[name] = value
        }
        try Self.check(name: Self.lastEventIDField, value: lastEventID)
        fields[Self.lastEventIDField] = lastEventID.isEmpty ? nil : lastEventID
        request.fields = fields

        if let prepare = configuration.prepareRequest {
            do {
                try await prepare(&request, attempt)
            } catch {
                throw EventStreamError(
                    .prepareFailed,
                    "The request could not be prepared: see the underlying error of `prepareRequest`.",
                    underlying: error)
            }
            try Self.check(request)
            request.url = request.url.map(Self.withLowercaseScheme)
        }
        try Self.checkFraming(of: request)
        try Self.checkSize(of: request)
        return request
    }

    /// Throws if a request has a URL or a header field that cannot be sent.
    private static func check(_ request: URLRequest) throws(EventStreamError) {
        // None of these quotes the URL, which may hold a password or a token in any of its parts.
        guard let url = request.url, let scheme = url.scheme?.lowercased() else {
            throw invalid(
                "The URL is not absolute: give one with a scheme, as in http://host/path.")
        }
        guard scheme == "http" || scheme == "https" else {
            throw invalid("The scheme of the URL is not supported: use http or https.")
        }
        guard let host = url.host, !host.isEmpty else {
            throw invalid("The URL names no host: give one, as in http://host/path.")
        }
        guard url.hasPossiblePort else {
            throw invalid("The port of the URL is no port: use one up to 65535.")
        }
        let method = request.httpMethod ?? "GET"
        guard FieldSyntax.isToken(method) else {
            throw invalid(
                "\(Redaction.token(method)) is not a method: use one such as GET or POST.")
        }
        guard request.httpBody == nil || !request.isRead else {
            throw invalid("A \(method) request cannot carry a body: use another method, as POST.")
        }
        // It can be read only once, but what asks again, or follows a redirect, sends it again.
        guard request.httpBodyStream == nil else {
            throw invalid("The request has a body stream: give its body as `httpBody`.")
        }
        for (name, value) in request.allHTTPHeaderFields ?? [:] {
            try check(name: name, value: value)
        }
    }

    /// Throws if a header field tells another body than the request has.
    ///
    /// URLSession on Linux sends what it is given, and the server waits for a body that never comes,
    /// or takes the rest of one for another request.
    private static func checkFraming(of request: URLRequest) throws(EventStreamError) {
        let fields = request.fields
        guard fields["Transfer-Encoding"] == nil else {
            throw invalid(
                "The request has a Transfer-Encoding, which is the transport's: remove it.")
        }
        let count = String(request.httpBody?.count ?? 0)
        guard let length = fields["Content-Length"], length != count else { return }
        throw invalid(
            "The Content-Length is not that of the body, which has \(count) bytes: leave it out.")
    }

    /// FoundationNetworking knows no `HTTP://`.
    static func withLowercaseScheme(_ url: URL) -> URL {
        guard let scheme = url.scheme, scheme != scheme.lowercased(),
            var components = URLComponents(url: url, resolvingAgainstBaseURL: true)
        else { return url }
        components.scheme = scheme.lowercased()
        return components.url ?? url
    }

    /// The largest URL and header fields together, which most servers refuse long before.
    static let headLimit = 512 * 1024

    /// Throws if the head of a request is too large for a transport.
    ///
    /// libcurl sends none of more than 1 MiB, and calls that a lack of memory: after one long event ID,
    /// each reconnection would fail without a server being asked, for ever.
    private static func checkSize(of request: URLRequest) throws(EventStreamError) {
        let fields = request.fields
        let sizes = fields.map { $0.name.utf8.count + $0.value.utf8.count }
        let count = sizes.reduce(request.url?.absoluteString.utf8.count ?? 0, +)
        guard count > headLimit else { return }
        let largest = fields.max { $0.value.utf8.count < $1.value.utf8.count }?.name ?? "none"
        throw invalid(
            """
            The URL and the header fields are larger than \(headLimit) bytes: shorten them, of the \
            fields \(largest) first, or have the server send shorter event IDs.
            """)
    }

    /// Throws if a header field could break out of its line, or is not a field at all.
    ///
    /// Foundation drops some of these silently and sends others, and with them whatever header
    /// follows the line break.
    private static func check(name: String, value: String) throws(EventStreamError) {
        guard FieldSyntax.isToken(name) else {
            throw invalid(
                """
                \(Redaction.token(name)) is not a header field name: use letters, digits and "-".
                """)
        }
        guard FieldSyntax.isValue(value) else {
            throw invalid(
                "The value of header field \(name) contains CR, LF or NUL: remove them.")
        }
    }

    private static func invalid(_ message: String) -> EventStreamError {
        EventStreamError(.invalidRequest, message)
    }
}

extension URLRequest {
    /// The header fields, to be changed whatever the case of a name.
    ///
    /// Assigned all at once: on Linux `setValue` spells names its own way, and `nil` removes a field
    /// of one spelling only.
    var fields: HeaderFields {
        get {
            HeaderFields(
                (allHTTPHeaderFields ?? [:]).map { HeaderFields.Field(name: $0, value: $1) })
        }
        set {
            allHTTPHeaderFields = Dictionary(
                newValue.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        }
    }
}
