#if canImport(FoundationNetworking)
    /// How many cookies servers may leave behind: a host has no more than in other clients, and all
    /// together take a bounded memory.
    ///
    /// Source: [RFC 6265, section 6.1](https://www.rfc-editor.org/rfc/rfc6265#section-6.1), which asks for
    /// 50 of a domain and 3,000 in all at least.
    enum CookieLimit {
        static let ofHost = 180
        static let ofAll = 3_000

        /// Those to forget after an answer: what its host has, if that is too much or makes it so.
        static func excess<Cookie>(
            of all: [Cookie], where isOfHost: (Cookie) -> Bool
        ) -> [Cookie] {
            let own = all.filter(isOfHost)
            return own.count > ofHost || all.count > ofAll ? own : []
        }
    }
#endif
