import Locking

/// One request and its answer: a test awaits it, inspects it and drives it.
///
/// ```swift
/// let first = try await server.connection(1, on: "/feed")
/// #expect(first.request.lastEventID == nil)
/// try await first.reached("greeted")       // a .mark of the script
/// try await first.send(.event("more"))     // while the script stands in .hold
/// await first.drop(.reset)
/// let ending = try await first.ended()     // by whom, when, after how many bytes
/// ```
///
/// Several requests on one kept-alive TCP connection are several of these.
public final class Connection: Sendable {
    /// The number of this request among those on its path, from 1.
    public let number: Int

    /// The path, without the query.
    public var path: String { request.path }

    /// What the client asked for.
    public let request: Request

    let surroundings: Surroundings
    let wire: any Wire
    /// Whether the TCP connection may serve another request after this one.
    let keepsAlive: Bool
    /// Whether the client understands chunks.
    let takesChunks: Bool
    /// Whether a script answers, so that whoever sends more must wait for its place in it.
    let isScripted: Bool
    let turn = Turn()
    let state: Protected<ConnectionState>

    /// Kept when the head of the answer was sent, or never will be.
    let begun = Promise<Void>()
    /// Kept when the script first stands still, or the answer has ended.
    let standing = Promise<Void>()
    /// Kept when it has ended.
    let ending = Promise<Ending>()
    /// Kept when it has ended, or stands where it may stay until the test is over.
    let settled = Promise<Void>()

    /// The task that plays the script, until the end.
    private let script = Protected<Task<Void, Never>?>(nil)

    /// Is told what happens; asked at birth, so that a write costs no lock when nobody is told.
    let observer: Observer?

    private let startedAt: Duration
    private let stopwatch: Stopwatch

    init(
        number: Int, head: RequestParser.Head, answer: ServerState.Answer,
        wire: any Wire, startedAt: Duration, surroundings: Surroundings,
        observer: Observer? = nil
    ) {
        self.number = number
        request = head.request
        keepsAlive = head.keepsAlive
        takesChunks = head.takesChunks
        self.wire = wire
        self.startedAt = startedAt
        self.surroundings = surroundings
        self.observer = observer
        stopwatch = Stopwatch(on: surroundings.clock)
        var initial = ConnectionState()
        switch answer {
        case .reply(_, let number, let count):
            (initial.replyNumber, initial.replyCount) = (number, count)
            isScripted = true
        case .surprise: isScripted = true
        case .handler: isScripted = false
        }
        state = Protected(initial)
    }

    /// What happened on this connection up to now.
    public var journalEntry: JournalEntry {
        state.withLock { state in
            JournalEntry(
                number: number, request: request.redacted, startedAt: startedAt,
                status: state.status, reply: state.replyNumber, replyCount: state.replyCount,
                step: state.stepNumber, stepCount: state.stepCount,
                stepDescription: state.step?.description, sent: state.sent.texts,
                retry: state.sent.retry, bytesSent: state.bytesSent, ending: state.ending,
                clientClosedAt: state.clientClosedAt, isStalled: state.stall == .standing)
        }
    }

    // MARK: Ending

    /// Ends the answer, for whoever began to complete or to drop it.
    ///
    /// - Parameters:
    ///   - phase: What the caller began.
    ///   - cause: By what the server ended it; `nil` if the client left meanwhile.
    func conclude(_ phase: ConnectionState.Phase, _ cause: Ending.Cause?) {
        let now = stopwatch.elapsed
        let ending: Ending? = state.withLock { state in
            // Unless it was dropped, or the server was stopped, meanwhile.
            guard state.phase == phase else { return nil }
            if let cause { return state.end(by: .server, cause, at: now) }
            return state.end(by: .client, state.clientCause ?? .reset, at: now)
        }
        if let ending { announce(ending) }
    }

    /// The client closed or reset its side.
    ///
    /// - Parameter cause: By what.
    func clientLeft(_ cause: Ending.Cause) {
        let now = stopwatch.elapsed
        let ending: Ending? = state.withLock { state in
            state.clientCause = cause
            state.clientClosedAt = now
            guard state.phase == .going else { return nil }
            return state.end(by: .client, cause, at: now)
        }
        if let ending { announce(ending) }
    }

    /// The server is being stopped.
    func serverStopped() {
        let now = stopwatch.elapsed
        let ending: Ending? = state.withLock { state in
            guard state.phase != .ended else { return nil }
            return state.end(by: .server, .stopped, at: now)
        }
        if let ending { announce(ending) }
    }

    private func announce(_ ending: Ending) {
        // Whoever waits for the turn has to see that it is over.
        resume()
        let marks = state.withLock { Array($0.marks.values) }
        // Before those who wait for the end, so that they find it told, and no script asleep on
        // their manual clock.
        observer?(self, .ended)
        cancelScript()
        self.ending.keep(ending)
        settled.keep()
        standing.keep()
        begun.keep()
        for mark in marks { mark.keep(false) }
    }

    /// Has a script stop as soon as the answer has ended, whoever ends it.
    ///
    /// - Parameter script: The task that plays it.
    func cancelAtTheEnd(_ script: Task<Void, Never>) {
        self.script.withLock { $0 = script }
        if state.withLock({ $0.phase == .ended }) { cancelScript() }
    }

    private func cancelScript() {
        let script = script.withLock { script in
            defer { script = nil }
            return script
        }
        script?.cancel()
    }

    // MARK: Marks

    /// The promise that a mark is reached (`true`), or never will be (`false`).
    func mark(_ name: String) -> Promise<Bool> {
        let (promise, hasEnded) = state.withLock { state in
            let promise = state.marks[name] ?? Promise()
            state.marks[name] = promise
            return (promise, state.phase == .ended)
        }
        if hasEnded { promise.keep(false) }
        return promise
    }
}
