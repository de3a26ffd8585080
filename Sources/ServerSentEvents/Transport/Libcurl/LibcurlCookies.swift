#if os(Linux)
    internal import CLibcurl

    /// The cookies that libcurl keeps for the streams that ask for them, within ``CookieLimit``.
    enum LibcurlCookies {
        /// Forgets what is too much after an answer of the host.
        static func limit(in loop: OpaquePointer, host: String) {
            let list = clibcurl_loop_copy_cookies(loop)
            defer { clibcurl_lines_free(list) }
            var lines: [String] = []
            var next = list
            while let line = next?.pointee {
                lines.append(String(cString: line.text))
                next = line.next
            }
            for line in excess(of: lines, host: host) {
                guard let expired = expired(line) else { continue }
                clibcurl_loop_set_cookie(loop, expired)
            }
        }

        static func excess(of lines: [String], host: String) -> [String] {
            let excess = CookieLimit.excess(of: lines, where: { matchesDomain($0, host) })
            // A host that libcurl knows by another name must not fill the memory either.
            return excess.isEmpty && lines.count > CookieLimit.ofAll ? lines : excess
        }

        /// Whether the domain of a line (`#HttpOnly_.example.com TRUE / FALSE 0 name value`, with tabs)
        /// covers the host.
        static func matchesDomain(_ line: String, _ host: String) -> Bool {
            var domain = line.prefix { $0 != "\t" }.lowercased()[...]
            let mark = "#httponly_"
            if domain.hasPrefix(mark) { domain = domain.dropFirst(mark.count) }
            let host = host.lowercased()
            guard domain.hasPrefix(".") else { return domain == host }
            return domain.dropFirst() == host || host.hasSuffix(domain)
        }

        /// The same cookie as one of long ago, which takes its place and goes.
        static func expired(_ line: String) -> String? {
            var fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 7 else { return nil }
            fields[4] = "1"
            return fields.joined(separator: "\t")
        }
    }
#endif
