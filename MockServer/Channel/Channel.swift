import Locking

/// A path on which every subscriber gets what the test sends, while it sends it.
///
/// ```swift
/// let room = server.channel("/room")
/// let feed = Feed(server.url("/room"))  // the app's code
/// try await room.subscribers(atLeast: 1)
/// #expect(room.send(.event("hello", id: "1")) == 1)
/// await room.drop(.reset)  // the app comes back with Last-Event-ID: 1
/// room.send(.event("again", id: "2"))  // and gets this now, or from the log
/// #expect(try await feed.items(2) == ["hello", "again"])
/// ```
///
/// A client that comes with a `Last-Event-ID` first gets the events after it from the log; one
/// without gets what is sent from then on. Each subscriber has a queue of its own: one that does not
/// read delays nobody.
public final class Channel: Sendable {
    /// Which events a channel keeps for clients that come back.
    ///
    /// ```swift
    /// let room = server.channel("/room", log: .last(100))
    /// ```
    public struct Log: Sendable, Hashable {
        let limit: Int

        /// Every event.
        public static let all = Log(limit: .max)

        /// None: what is sent while a client is away is lost to it.
        public static let none = Log(limit: 0)

        /// Only the latest events.
        ///
        /// - Parameter count: How many; none if it is negative.
        /// - Returns: The log.
        public static func last(_ count: Int) -> Log {
            Log(limit: max(0, count))
        }
    }

    struct State {
        var subscribers: [ObjectIdentifier: Subscriber] = [:]
        var log: BroadcastLog
        var sequence = 0
        var published = 0
        var watchers: [(isSatisfied: @Sendable (Int) -> Bool, promise: Promise<Void>)] = []
    }

    /// The path.
    public let path: String

    let surroundings: Surroundings
    let state: Protected<State>
    private let headers: Headers
    private let queueLimit: Int

    init(
        _ path: String, log: Log, headers: Headers, queueLimit: Int, surroundings: Surroundings
    ) {
        self.path = path
        self.headers = headers
        self.queueLimit = queueLimit
        self.surroundings = surroundings
        state = Protected(State(log: BroadcastLog(limit: log.limit)))
    }

    /// How many clients are subscribed now.
    public var subscriberCount: Int {
        state.withLock { $0.subscribers.count }
    }

    // MARK: Sending

    /// Sends a step to all who are subscribed, and never waits for any of them.
    ///
    /// What a subscriber's connection does not take at once waits in its queue. A subscriber whose
    /// queue is full is dropped by a FIN, with ``Ending/Cause-swift.enum/overflow``; it can come
    /// back and have the rest from the log.
    ///
    /// - Parameters:
    ///   - step: A step that writes, such as an event; it may be cut, but neither dribbled nor
    ///     repeated.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Returns: To how many it was written whole; those in whose queue it waits do not count.
    @discardableResult
    public func send(_ step: Step, fileID: String = #fileID, line: Int = #line) -> Int {
        let place = SourcePlace(fileID: fileID, line: line)
        let problems = Self.problems(of: step).map { text in
            Issue(.invalidScript, "\(path), sent on the channel: \(text)   \(place)", path: path)
        }
        guard problems.isEmpty else {
            surroundings.refuse(problems)
            return 0
        }
        return broadcast { _ in step }
    }

    /// Sends an event that has the next number as its ID: in the order of their numbers.
    ///
    /// - Parameter data: The event's data.
    /// - Returns: To how many it was written whole.
    func publish(_ data: String) -> Int {
        broadcast { state in
            state.published += 1
            return .event(data, id: String(state.published))
        }
    }

    private func broadcast(_ step: (inout State) -> Step) -> Int {
        let (sequence, subscribers) = state.withLock { state in
            state.sequence += 1
            let broadcast = Broadcast(step(&state), sequence: state.sequence)
            state.log.append(broadcast)
            for subscriber in state.subscribers.values { subscriber.add(broadcast) }
            return (state.sequence, Array(state.subscribers.values))
        }
        return subscribers.count { $0.flush(through: sequence) }
    }

    private static func problems(of step: Step) -> [String] {
        if let problem = Reply.stream([step]).problems.first { return [problem.text] }
        if !step.writes { return ["\(step) writes nothing"] }
        if step.dribble != nil { return ["\(step) is dribbled, and a channel does not wait"] }
        if step.repetitions != 1 {
            return ["\(step) is repeated; send it as often as it is needed"]
        }
        return []
    }

    // MARK: Ending

    /// Ends the answers of all who are subscribed now, cleanly, each after what waits for it; whoever
    /// comes later is served again.
    public func end() {
        for subscriber in takeSubscribers() { subscriber.end() }
    }

    /// Drops all who are subscribed now; whoever comes later is served again.
    ///
    /// - Parameter how: By a FIN or by a reset, after all bytes written before; what still waits in
    ///   a queue is not written.
    public func drop(_ how: Step.Drop) async {
        await withTaskGroup { group in
            for subscriber in takeSubscribers() {
                group.addTask { await subscriber.connection.drop(how) }
            }
        }
    }

    private func takeSubscribers() -> [Subscriber] {
        let (subscribers, satisfied) = state.withLock { state in
            let subscribers = Array(state.subscribers.values)
            state.subscribers = [:]
            return (subscribers, Self.takeSatisfied(&state))
        }
        for promise in satisfied { promise.keep() }
        return subscribers
    }

    // MARK: Subscribing

    /// Serves one connection as a subscriber, until it has ended: for a handler that does something
    /// else first.
    ///
    /// ```swift
    /// let room = server.channel("/room")
    /// server.handle("/guarded") { connection in
    ///     if connection.request.headers["Authorization"] == nil {
    ///         try await connection.respond(.status(401))
    ///     } else {
    ///         try await room.serve(connection)
    ///     }
    /// }
    /// ```
    ///
    /// - Parameter connection: The connection; nothing may have been sent on it.
    /// - Throws: ``MockServerError`` if the connection has ended, or `CancellationError`.
    public func serve(_ connection: Connection) async throws {
        try await connection.begin(headers: headers)
        guard connection.request.method != "HEAD" else { return }
        let subscriber = Subscriber(connection, limit: queueLimit)
        add(subscriber)
        defer { remove(subscriber) }
        connection.settled.keep()
        await subscriber.run()
    }

    private func add(_ subscriber: Subscriber) {
        let lastEventID = subscriber.connection.request.lastEventID
        let satisfied = state.withLock { state in
            if let lastEventID { subscriber.replay(state.log.missed(after: lastEventID)) }
            state.subscribers[ObjectIdentifier(subscriber)] = subscriber
            return Self.takeSatisfied(&state)
        }
        for promise in satisfied { promise.keep() }
    }

    private func remove(_ subscriber: Subscriber) {
        let satisfied = state.withLock { state in
            state.subscribers[ObjectIdentifier(subscriber)] = nil
            return Self.takeSatisfied(&state)
        }
        for promise in satisfied { promise.keep() }
    }

    private static func takeSatisfied(_ state: inout State) -> [Promise<Void>] {
        guard !state.watchers.isEmpty else { return [] }
        let count = state.subscribers.count
        let satisfied = state.watchers.filter { $0.isSatisfied(count) }.map(\.promise)
        state.watchers.removeAll { $0.isSatisfied(count) }
        return satisfied
    }
}
