import Foundation
import Locking
import ServerSentEvents

extension MockEventServer {
    /// Runs a body with a server, then verifies that all went as scripted.
    ///
    /// On leaving it throws one error that explains every reply that no request came for, every
    /// request that nothing was scripted for, and every connection still open although its script
    /// does not end in `.hold`, `.stall` or `.halfClose`. An error of the body is never hidden: it
    /// is thrown as it is, and then nothing is verified.
    ///
    /// ```swift
    /// let events = try await MockEventServer.run { server in
    ///     server.script("/feed", [.stream([.event("one")])])
    ///     return try await Feed(server.url("/feed")).items(1)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - clock: The clock of the scripts and of the journal, such as a ``ManualClock``.
    ///   - waitLimit: How long every wait may take, in real time.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    ///   - body: What uses the server; it runs where the caller runs.
    /// - Returns: What the body returns.
    /// - Throws: The body's error, or a ``MockServerError``.
    public static func run<Result>(
        clock: any Clock<Duration> = ContinuousClock(), waitLimit: Duration = .seconds(5),
        fileID: String = #fileID, line: Int = #line,
        _ body: (MockEventServer) async throws -> Result
    ) async throws -> Result {
        let server = try MockEventServer(clock: clock, waitLimit: waitLimit)
        let result: Result
        do {
            result = try await body(server)
        } catch {
            if !(error is MockServerError) { server.printIssues() }
            await server.stop()
            throw error
        }
        let failure = await server.verified(at: SourcePlace(fileID: fileID, line: line))
        await server.stop()
        if let failure { throw failure }
        return result
    }

    /// The issues may be the reason for the body's error, which is thrown as it is.
    private func printIssues() {
        let text = issues.map { "MockEventServer: \($0)\n" }.joined()
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// What did not go as scripted, once the connections had time to end.
    private func verified(at place: SourcePlace) async -> MockServerError? {
        let problems = await openConnections() + unplayedReplies
        let all = issues + problems
        guard !all.isEmpty else { return nil }
        let journal = journal
        let explanation = Explanation(
            headline: "\(all.count) \(all.count == 1 ? "problem" : "problems") on leaving.",
            place: place, issues: all, entries: journal)
        let isInvalid = all.contains { $0.kind == .invalidScript }
        return MockServerError(
            isInvalid ? .invalidScript : .unverified, explanation.text, issues: all,
            journal: journal, at: place)
    }

    private var unplayedReplies: [Issue] {
        core.state.withLock { $0.unplayed }.map { reply in
            let message =
                "reply \(reply.number) of \(reply.count) on \(reply.path) (\(reply.reply))"
                + "   \(reply.place)"
            return Issue(.unplayedReply, message, path: reply.path, reply: reply.number)
        }
    }

    /// Waits for the end of what is just ending: a client that closes is noticed a moment later.
    private func openConnections() async -> [Issue] {
        let deadline = ContinuousClock.now.advanced(by: core.surroundings.waitLimit.boundedSleep)
        let never = Promise<Never>()
        var issues: [Issue] = []
        for connection in core.state.withLock({ $0.connections }) {
            let rest = max(.zero, ContinuousClock.now.duration(to: deadline))
            let outcome = try? await connection.settled.value(within: rest, unless: never)
            if case .value? = outcome { continue }
            let message = Hint.forOpenConnection(connection.journalEntry)
            issues.append(Issue(.openConnection, message, path: connection.path))
        }
        return issues
    }
}
