import Locking

extension Channel {
    /// Waits until so many clients are subscribed.
    ///
    /// A client is subscribed a moment after its request was read: wait with this, rather than with
    /// ``MockEventServer/connection(_:on:within:fileID:line:)``, before sending.
    ///
    /// - Parameters:
    ///   - count: How many at least.
    ///   - limit: How long to wait, in real time; the server's `waitLimit` by default.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Returns: The connections of those who are subscribed, in the order of their requests.
    /// - Throws: ``MockServerError`` that explains, or `CancellationError`.
    @discardableResult
    public func subscribers(
        atLeast count: Int, within limit: Duration? = nil,
        fileID: String = #fileID, line: Int = #line
    ) async throws -> [Connection] {
        let place = SourcePlace(fileID: fileID, line: line)
        return try await wait("at least \(count)", limit, place) { $0 >= count }
    }

    /// Waits until no more than so many clients are subscribed, such as after some have left.
    ///
    /// - Parameters:
    ///   - count: How many at most.
    ///   - limit: How long to wait, in real time; the server's `waitLimit` by default.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Returns: The connections of those who are subscribed, in the order of their requests.
    /// - Throws: ``MockServerError`` that explains, or `CancellationError`.
    @discardableResult
    public func subscribers(
        atMost count: Int, within limit: Duration? = nil,
        fileID: String = #fileID, line: Int = #line
    ) async throws -> [Connection] {
        let place = SourcePlace(fileID: fileID, line: line)
        return try await wait("at most \(count)", limit, place) { $0 <= count }
    }

    private func wait(
        _ what: String, _ limit: Duration?, _ place: SourcePlace,
        until isSatisfied: @escaping @Sendable (Int) -> Bool
    ) async throws -> [Connection] {
        let promise = Promise<Void>()
        state.withLock { state in
            if isSatisfied(state.subscribers.count) {
                promise.keep()
            } else {
                state.watchers.append((isSatisfied, promise))
            }
        }
        defer { state.withLock { $0.watchers.removeAll { $0.promise === promise } } }
        let limit = limit ?? surroundings.waitLimit
        let outcome = try await promise.value(within: limit, unless: surroundings.interruption)
        let connections = connections
        let entries = connections.map(\.journalEntry)
        let what = "\(what) \(what.hasSuffix(" 1") ? "subscriber" : "subscribers") of \(path)"
        switch outcome {
        case .value:
            return connections
        case .interrupted(let interruption):
            throw interruption.error(waitingFor: what, journal: entries, at: place)
        case .timedOut:
            let explanation = Explanation(
                headline: "waited \(limit.text) for \(what); \(connections.count) there.",
                place: place, entries: entries)
            throw MockServerError(.timedOut, explanation.text, journal: entries, at: place)
        }
    }

    private var connections: [Connection] {
        state.withLock { $0.subscribers.values.map(\.connection) }.sorted { $0.number < $1.number }
    }
}
