/// What the command-line tool needs besides, and a test does not.
extension MockEventServer {
    /// Calls back while things happen on the connections that come from now on.
    ///
    /// - Parameter body: Must not block: whoever writes waits for it.
    package func observe(_ body: @escaping @Sendable (Connection, Connection.Change) -> Void) {
        core.observe(body)
    }

    /// Answers some requests besides the scripts: they are neither counted nor in the journal, and
    /// nothing about them is an issue.
    ///
    /// - Parameter choose: The handler of a request that is answered so; `nil` leaves it to the
    ///   scripts.
    package func answerAside(
        _ choose:
            @escaping @Sendable (Request) -> (@Sendable (Connection) async throws -> Void)?
    ) {
        core.answerAside(choose)
    }
}
