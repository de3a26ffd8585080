import Locking

/// One subscriber of a channel: what waits for it, and who writes that.
///
/// Whoever sends writes at once as much as goes out without waiting; the rest is left to the task of
/// ``run()``.
final class Subscriber: Sendable {
    private struct State {
        /// What is to be written, from `first` on.
        var queue: [Broadcast] = []
        var first = 0
        /// How many of those are a replay, which may be of any size.
        var replayed = 0
        /// How many bytes the others have, and what is being written.
        var weight = 0
        /// How many of those what is being written has.
        var going = 0
        /// The place of what was taken from the queue last.
        var taken = 0
        var writtenThrough = 0
        var isFull = false
        var isEnding = false
        /// What the task waits for, from before it runs on: a sender writes first, and would otherwise
        /// find the turn taken by a task that has just begun, and not count what that writes.
        var news: Promise<Void>? = Promise()

        var isEmpty: Bool { first == queue.count }
    }

    let connection: Connection
    private let limit: Int
    private let isChunked: Bool
    private let state = Protected(State())

    init(_ connection: Connection, limit: Int) {
        self.connection = connection
        self.limit = limit
        isChunked = connection.state.withLock { $0.framing == .chunked }
    }

    // MARK: The sender's side

    /// Queues what the client has missed.
    func replay(_ broadcasts: ArraySlice<Broadcast>) {
        guard !broadcasts.isEmpty else { return }
        state.withLock { state in
            state.queue += broadcasts
            state.replayed += broadcasts.count
            state.news = nil
        }
    }

    /// Queues what was sent, if there is room; it is called in the order of sending.
    func add(_ broadcast: Broadcast) {
        state.withLock { state in
            guard !state.isFull, !state.isEnding else { return }
            let weight = broadcast.piece(isChunked: isChunked).bytes.count
            // One always may wait, however large.
            guard state.weight == 0 || state.weight + weight <= limit else {
                state.isFull = true
                return
            }
            state.weight += weight
            state.queue.append(broadcast)
        }
    }

    /// Writes what goes out without waiting, and leaves the rest to the task.
    ///
    /// - Parameter sequence: The place of what was sent last.
    /// - Returns: Whether that is written whole.
    func flush(through sequence: Int) -> Bool {
        if connection.turn.acquireNow() {
            _ = writeQueue()
            connection.turn.release()
        }
        let (isWritten, isFull, news) = state.withLock { state in
            let news = isIdle(state) ? nil : state.news
            if news != nil { state.news = nil }
            return (state.writtenThrough >= sequence, state.isFull, news)
        }
        if isFull { connection.overflowed() }
        news?.keep()
        return isWritten
    }

    /// Ends the task once all is written; nothing is queued any more.
    func end() {
        let news = state.withLock { state in
            state.isEnding = true
            defer { state.news = nil }
            return state.news
        }
        news?.keep()
    }

    // MARK: The task's side

    /// Writes what the senders could not, until the connection has ended or ``end()`` was called.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await self.writeWhatIsLeft() }
            group.addTask { _ = try? await self.connection.ending.value() }
            await group.next()
            group.cancelAll()
        }
        end()
    }

    private func writeWhatIsLeft() async throws {
        var isEnding = false
        while !isEnding {
            try await news()?.value()
            try await connection.takeTurn {
                try await connection.writingPieces { writeQueue() }
            }
            isEnding = state.withLock { $0.isEnding && isIdle($0) }
        }
    }

    /// The promise that there is something to do; `nil` if there is.
    private func news() -> Promise<Void>? {
        state.withLock { state in
            if let news = state.news { return news }
            guard isIdle(state), !state.isEnding else { return nil }
            let news = Promise<Void>()
            state.news = news
            return news
        }
    }

    private func isIdle(_ state: State) -> Bool {
        state.isEmpty && !connection.state.withLock { $0.hasRest }
    }

    // MARK: Writing, for whoever has the turn

    private func writeQueue() -> Connection.Progress {
        while true {
            let progress = connection.attemptRest()
            guard progress == .done else { return progress }
            guard let next = takeNext() else { return .done }
            let piece = next.piece(isChunked: isChunked)
            guard connection.begin(piece, of: next.step, total: next.total) else { return .gone }
        }
    }

    /// Takes the next from the queue; the one before it is written whole.
    private func takeNext() -> Broadcast? {
        state.withLock { state in
            state.writtenThrough = state.taken
            state.weight -= state.going
            state.going = 0
            guard !state.isEmpty else { return nil }
            let next = state.queue[state.first]
            state.taken = next.sequence
            state.first += 1
            if state.replayed > 0 {
                state.replayed -= 1
            } else {
                state.going = next.piece(isChunked: isChunked).bytes.count
            }
            // In portions, so that forgetting costs little for each.
            if state.isEmpty || state.first >= 1_024 {
                state.queue.removeFirst(state.first)
                state.first = 0
            }
            return next
        }
    }
}
