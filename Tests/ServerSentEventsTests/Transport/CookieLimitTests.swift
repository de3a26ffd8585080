#if canImport(FoundationNetworking)
    import Testing

    @testable import ServerSentEvents

    @Suite struct CookieLimitTests {
        /// The number of the host's cookies and of the others, and what is left of both.
        @Test(arguments: [
            (0, 0, [0, 0]), (180, 2_820, [180, 2_820]), (181, 0, [0, 0]), (181, 10, [0, 10]),
            (1, 3_000, [0, 3_000]), (180, 2_821, [0, 2_821]), (0, 3_001, [0, 3_001]),
        ])
        func whatIsLeft(own: Int, others: Int, left: [Int]) {
            let all = Array(repeating: true, count: own) + Array(repeating: false, count: others)
            let excess = CookieLimit.excess(of: all, where: { $0 })
            let forgotten = excess.count(where: { $0 })
            #expect([own - forgotten, others - excess.count + forgotten] == left)
        }
    }
#endif
