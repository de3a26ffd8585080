#if canImport(FoundationNetworking)
    import Foundation
    import FoundationNetworking

    /// The cookies of the shared storage, by the rules of RFC 6265.
    ///
    /// FoundationNetworking's own handling sends a cookie whatever its path, sends one that is
    /// `Secure` over http, and stores one for all of `.com` (Swift 6.3.1). So sessions handle none, and
    /// this looks at each cookie before it is sent or stored.
    ///
    /// Source: [RFC 6265, sections 5.3 and 5.4](https://www.rfc-editor.org/rfc/rfc6265#section-5.3).
    enum SharedCookies {
        /// The request with the cookies for its URL, after those it has.
        static func adding(to request: URLRequest) -> URLRequest {
            guard let url = request.url else { return request }
            let cookies = (HTTPCookieStorage.shared.cookies(for: url) ?? [])
                .filter { isSent($0, to: url) }
                .sorted { ($0.path.count, $1.name) > ($1.path.count, $0.name) }
                .map { "\($0.name)=\($0.value)" }
            guard !cookies.isEmpty else { return request }
            var fields = request.fields
            let own = [fields["Cookie"]].compactMap(\.self)
            fields["Cookie"] = (own + cookies).joined(separator: "; ")
            var request = request
            request.fields = fields
            return request
        }

        /// Stores the cookies of an answer.
        static func store(from response: HTTPURLResponse) {
            guard let url = response.url else { return }
            let fields = response.allHeaderFields.compactMap { name, value in
                (name as? String).flatMap { name in (value as? String).map { (name, $0) } }
            }
            let cookies = HTTPCookie.cookies(
                withResponseHeaderFields: Dictionary(fields, uniquingKeysWith: { $1 }), for: url
            ).filter { isStored($0, from: url) }
            guard !cookies.isEmpty else { return }
            let storage = HTTPCookieStorage.shared
            storage.setCookies(cookies, for: url, mainDocumentURL: nil)
            CookieLimit.excess(of: storage.cookies ?? [], where: { matchesDomain($0, url) })
                .forEach(storage.deleteCookie)
        }

        static func isSent(_ cookie: HTTPCookie, to url: URL) -> Bool {
            matchesDomain(cookie, url) && matchesPath(cookie, url)
                && (!cookie.isSecure || url.scheme?.lowercased() == "https")
                && cookie.expiresDate.map { $0 > Date() } ?? true
        }

        static func isStored(_ cookie: HTTPCookie, from url: URL) -> Bool {
            // As in RFC 6265bis: nobody who listens to http may set what https relies on.
            matchesDomain(cookie, url)
                && (!cookie.isSecure || url.scheme?.lowercased() == "https")
                && FieldSyntax.isValue(cookie.name) && FieldSyntax.isValue(cookie.value)
        }

        /// A domain with a dot before it stands for its subdomains, too.
        private static func matchesDomain(_ cookie: HTTPCookie, _ url: URL) -> Bool {
            guard let host = url.host?.lowercased() else { return false }
            let domain = cookie.domain.lowercased()
            guard domain.hasPrefix(".") else { return host == domain }
            let parent = domain.dropFirst()
            if host == parent { return true }
            // Neither an address nor a top-level domain has subdomains that belong together.
            return parent.contains(".") && host.hasSuffix(domain)
                && host.utf8.contains { $0 != UInt8(ascii: ".") && !(0x30...0x39).contains($0) }
        }

        private static func matchesPath(_ cookie: HTTPCookie, _ url: URL) -> Bool {
            let path = url.path(percentEncoded: true)
            let asked = path.isEmpty ? "/" : path
            let limit = cookie.path.hasPrefix("/") ? cookie.path : "/"
            guard asked.hasPrefix(limit) else { return false }
            return asked.count == limit.count || limit.hasSuffix("/")
                || asked.dropFirst(limit.count).hasPrefix("/")
        }
    }
#endif
