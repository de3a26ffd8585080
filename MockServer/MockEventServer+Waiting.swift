import Locking

extension MockEventServer {
    /// Waits for the nth request on a path.
    ///
    /// - Parameters:
    ///   - number: Which one, from 1.
    ///   - path: The path, without a query.
    ///   - limit: How long to wait, in real time; the server's `waitLimit` by default.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Returns: The connection, also if it has ended meanwhile.
    /// - Throws: ``MockServerError`` that explains what happened instead, or `CancellationError`.
    @discardableResult
    public func connection(
        _ number: Int, on path: String, within limit: Duration? = nil,
        fileID: String = #fileID, line: Int = #line
    ) async throws -> Connection {
        let place = SourcePlace(fileID: fileID, line: line)
        guard number > 0 else {
            throw MockServerError(
                .impossible, "MockEventServer: connections are numbered from 1.   \(place)",
                at: place)
        }
        let limit = limit ?? core.surroundings.waitLimit
        let outcome = try await core.awaited(number, on: path).value(
            within: limit, unless: core.surroundings.interruption)
        switch outcome {
        case .value(let connection):
            return connection
        case .interrupted(let interruption):
            throw interruption.error(
                waitingFor: "connection \(number) on \(path)", journal: journal, at: place)
        case .timedOut:
            throw missing(number, on: path, limit, place)
        }
    }

    private func missing(
        _ number: Int, on path: String, _ limit: Duration, _ place: SourcePlace
    ) -> MockServerError {
        let journal = journal
        let entries = journal.filter { $0.request.path == path }
        let all = core.state.withLock { $0.unplayed }
        let unplayed = all.filter { $0.path == path }.map { reply in
            let message = "reply \(reply.number) of \(reply.count) (\(reply.reply))"
            return Issue(.unplayedReply, message, path: path, reply: reply.number)
        }
        let explanation = Explanation(
            headline:
                "waited \(limit.text) for connection \(number) on \(path); \(entries.count) seen.",
            place: place, issues: unplayed + issues, entries: entries,
            hint: Hint.forMissingConnection(
                on: path, journal: journal, limit: limit, baseURL: "http://127.0.0.1:\(port)"))
        return MockServerError(
            .timedOut, explanation.text, issues: explanation.issues, journal: journal, at: place)
    }
}

extension Surroundings.Interruption {
    /// The error of a wait that makes no sense any more.
    func error(
        waitingFor what: String, journal: [JournalEntry], at place: SourcePlace
    ) -> MockServerError {
        switch self {
        case .invalidScript(let issue):
            let explanation = Explanation(
                headline: "cannot wait for \(what), as a script makes no sense.", place: place,
                issues: [issue])
            return MockServerError(
                .invalidScript, explanation.text, issues: [issue], journal: journal, at: place)
        case .stopped:
            let explanation = Explanation(
                headline: "waited for \(what), but the server was stopped.", place: place,
                entries: journal)
            return MockServerError(.stopped, explanation.text, journal: journal, at: place)
        }
    }
}
