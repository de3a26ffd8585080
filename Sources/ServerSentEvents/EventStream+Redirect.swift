import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension EventStream {
    /// The request that follows a redirect, the `count`th in a row.
    ///
    /// Source: [Fetch, "HTTP-redirect fetch"](https://fetch.spec.whatwg.org/#http-redirect-fetch).
    func redirected(
        _ request: URLRequest, by head: ResponseHead, to location: String, count: Int
    ) throws(EventStreamError) -> URLRequest {
        func bad(_ message: String) -> EventStreamError {
            EventStreamError(
                .badRedirect, message, response: EventStreamError.Response(head))
        }
        guard count <= configuration.limits.redirects else {
            throw bad(
                """
                The server redirected more than \(configuration.limits.redirects) times in a row: \
                check its configuration, or raise `Limits.redirects`.
                """)
        }
        guard !location.isEmpty,
            let from = request.url,
            let to = URL(encoding: location, relativeTo: from)?.absoluteURL,
            let scheme = to.scheme?.lowercased(), ["http", "https"].contains(scheme),
            to.host?.isEmpty == false, to.hasPossiblePort
        else {
            throw bad(
                """
                The server redirected with status \(head.status) but to no usable place: have it \
                send an http or https URL as `Location`.
                """)
        }
        // Whoever wrote it wants the URL to look like another one: RFC 9110, section 4.2.4.
        let named = URL(encoding: location)
        guard named?.user == nil, named?.password == nil else {
            throw bad(
                """
                The server redirected to a URL with a user name in it: have it leave that out.
                """)
        }
        guard from.scheme?.lowercased() != "https" || scheme == "https" else {
            throw bad(
                """
                The server redirected from https to http, where anybody could listen: have it \
                redirect to https.
                """)
        }

        var next = request
        let staysInOrigin = Origin(from) == Origin(to)
        next.url = Self.withLowercaseScheme(staysInOrigin ? Self.url(to, withUserOf: from) : to)
        let method = request.httpMethod ?? "GET"
        let becomesGet =
            head.status == 303
            ? method != "HEAD"
            : method == "POST" && (head.status == 301 || head.status == 302)
        var fields = request.fields
        if becomesGet, method != "GET" {
            next.httpMethod = "GET"
            next.httpBody = nil
            for name in Self.bodyFields { fields[name] = nil }
        }
        if !staysInOrigin {
            let secrets = ["Authorization", "Cookie", "Proxy-Authorization"]
            for name in configuration.secretHeaders.union(secrets) { fields[name] = nil }
            // It names the origin that was left; libcurl would even choose the cookies by it.
            fields["Host"] = nil
        }
        next.fields = fields
        return next
    }

    /// The URL with the user and the password of another one, which a relative `Location` keeps by
    /// itself.
    private static func url(_ url: URL, withUserOf other: URL) -> URL {
        guard var components = URLComponents(url: url, resolvingAgainstBaseURL: true),
            let others = URLComponents(url: other, resolvingAgainstBaseURL: true)
        else { return url }
        components.percentEncodedUser = others.percentEncodedUser
        components.percentEncodedPassword = others.percentEncodedPassword
        return components.url ?? url
    }

    /// The header fields that describe a body, and go with it.
    private static let bodyFields = [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-Location",
        "Content-Type", "Transfer-Encoding",
    ]

    /// The scheme, host and port of a URL.
    private struct Origin: Equatable {
        let scheme: String?
        let host: String?
        let port: Int?

        init(_ url: URL) {
            scheme = url.scheme?.lowercased()
            host = url.host?.lowercased()
            port = url.port ?? (scheme == "https" ? 443 : 80)
        }
    }
}
