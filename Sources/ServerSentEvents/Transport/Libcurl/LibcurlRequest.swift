#if os(Linux)
    internal import CLibcurl
    internal import Foundation
    internal import FoundationNetworking

    /// What libcurl is told to send, and where.
    struct LibcurlRequest: Sendable {
        private let transport: LibcurlTransport
        private let url: String
        private let method: String
        private let isRead: Bool
        private let headerLines: [String]
        /// The caller's own cookies, to which libcurl adds those it keeps.
        private let cookie: String?
        private let body: Data?
        /// The host whose cookies are sent and stored; `nil` if none are.
        let cookieHost: String?

        init(_ request: URLRequest, over transport: LibcurlTransport) {
            self.transport = transport
            url = request.url?.absoluteString ?? ""
            method = request.httpMethod ?? "GET"
            isRead = request.isRead
            let usesCookies = request.httpShouldHandleCookies
            let fields = request.fields
            cookieHost = usesCookies ? Self.cookieHost(of: request.url, fields) : nil
            cookie = usesCookies ? fields["Cookie"] : nil
            headerLines = Self.lines(of: fields, withoutCookies: usesCookies)
            // Of these, servers expect the length of a body even if there is none.
            let carriesBody = ["POST", "PUT", "PATCH"].contains(method.uppercased())
            body = request.httpBody ?? (carriesBody ? Data() : nil)
        }

        /// Where libcurl thinks that cookies come from: the `Host` of the caller if there is one.
        private static func cookieHost(of url: URL?, _ fields: HeaderFields) -> String {
            guard let field = fields["Host"], !field.isEmpty else {
                return url?.host(percentEncoded: false) ?? ""
            }
            let isIPv6 = field.hasPrefix("[")
            return String(
                isIPv6 ? field.dropFirst().prefix { $0 != "]" } : field.prefix { $0 != ":" })
        }

        /// The header fields as libcurl wants them: `Name: value`, `Name;` for an empty value, and
        /// `Name:` for a field of its own that it must not add.
        private static func lines(of fields: HeaderFields, withoutCookies: Bool) -> [String] {
            var lines: [String] = []
            for field in fields {
                let name = field.name.lowercased()
                // libcurl counts the body itself.
                if name == "content-length" || (withoutCookies && name == "cookie") { continue }
                let isEmpty = field.value.utf8.allSatisfy { [0x20, 0x09].contains($0) }
                lines.append(isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
            }
            // With `Expect`, libcurl would wait up to a second for a server that does not answer it.
            for name in ["Accept", "Content-Type", "Expect"] where fields[name] == nil {
                lines.append("\(name):")
            }
            return lines
        }

        /// Makes a transfer of it, and starts it.
        ///
        /// - Parameters:
        ///   - transfer: The new transfer.
        ///   - reusesConnections: Whether it may take over a connection that another one has left.
        /// - Throws: If libcurl refuses a setting.
        func start(
            _ transfer: OpaquePointer, reusingConnections reusesConnections: Bool
        ) throws(LibcurlError) {
            func check(_ code: Int32) throws(LibcurlError) {
                if let error = LibcurlError(code) { throw error }
            }
            func set(_ option: Int, _ text: String?) throws(LibcurlError) {
                if let text { try check(clibcurl_transfer_set_text(transfer, Int32(option), text)) }
            }
            func turnOn(_ option: Int) throws(LibcurlError) {
                try check(clibcurl_transfer_set_number(transfer, Int32(option), 1))
            }

            try set(CLIBCURL_URL, url)
            for line in headerLines { try check(clibcurl_transfer_add_header(transfer, line)) }
            if let body {
                let code = body.withUnsafeBytes {
                    clibcurl_transfer_set_body(transfer, $0.baseAddress, $0.count)
                }
                try check(code)
            }
            let isHead = method.uppercased() == "HEAD"
            if isHead { try turnOn(CLIBCURL_NOBODY) }
            // libcurl sends a request once more if a connection that it kept turns out to be closed,
            // which may repeat the effect of other methods.
            if !isRead || !reusesConnections { try turnOn(CLIBCURL_FRESH_CONNECT) }
            try set(CLIBCURL_CUSTOMREQUEST, method)
            if cookieHost != nil { try check(clibcurl_transfer_use_cookies(transfer)) }
            try set(CLIBCURL_COOKIE, cookie)
            if let authorities = transport.certificateAuthorities {
                try set(CLIBCURL_CAINFO, authorities)
                // The system's directory would count besides the file.
                try check(clibcurl_transfer_set_text(transfer, Int32(CLIBCURL_CAPATH), nil))
            }
            try set(CLIBCURL_UNIX_SOCKET_PATH, transport.unixSocket)
            try check(clibcurl_transfer_start(transfer))
        }
    }
#endif
