extension Connection {
    /// Waits until the script passed a ``Step/mark(_:)``.
    ///
    /// - Parameters:
    ///   - mark: The mark's name.
    ///   - limit: How long to wait, in real time; the server's `waitLimit` by default.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Throws: ``MockServerError`` that explains, at once if the connection ended before the mark;
    ///   or `CancellationError`.
    public func reached(
        _ mark: String, within limit: Duration? = nil,
        fileID: String = #fileID, line: Int = #line
    ) async throws {
        let place = SourcePlace(fileID: fileID, line: line)
        let what = "the mark \(mark.quoted) of \(name)"
        let isReached = try await wait(for: self.mark(mark), what, limit, place)
        guard !isReached else { return }
        let explanation = Explanation(
            headline: "\(name) ended before the mark \(mark.quoted).", place: place,
            entries: [journalEntry])
        throw MockServerError(
            .impossible, explanation.text, journal: [journalEntry], at: place)
    }

    /// Waits until the answer has ended or the client has left.
    ///
    /// - Parameters:
    ///   - limit: How long to wait, in real time; the server's `waitLimit` by default.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Returns: By whom, when, and after how many bytes.
    /// - Throws: ``MockServerError`` that explains, or `CancellationError`.
    @discardableResult
    public func ended(
        within limit: Duration? = nil, fileID: String = #fileID, line: Int = #line
    ) async throws -> Ending {
        let place = SourcePlace(fileID: fileID, line: line)
        return try await wait(for: ending, "the end of \(name)", limit, place)
    }

    private func wait<Value>(
        for promise: Promise<Value>, _ what: String, _ limit: Duration?, _ place: SourcePlace
    ) async throws -> Value {
        let limit = limit ?? surroundings.waitLimit
        let interruption = surroundings.interruption
        switch try await promise.value(within: limit, unless: interruption) {
        case .value(let value):
            return value
        case .interrupted(let interruption):
            throw interruption.error(waitingFor: what, journal: [journalEntry], at: place)
        case .timedOut:
            let entry = journalEntry
            let explanation = Explanation(
                headline: "waited \(limit.text) for \(what).", place: place, entries: [entry],
                hint: entry.ending == nil ? Hint.forOpenConnection(entry) : nil)
            throw MockServerError(
                .timedOut, explanation.text, journal: [entry], at: place)
        }
    }
}
