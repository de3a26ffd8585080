import Locking

/// One writer at a time, in the order of asking, so that two steps never mix on the wire.
final class Turn: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [Promise<Void>] = []
    }

    private let state = Protected(State())

    /// Runs a body while no other has the turn.
    ///
    /// - Parameter body: What may not be interleaved.
    /// - Returns: What the body returns.
    /// - Throws: `CancellationError` if the task is cancelled while it waits, or the body's error.
    func take<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await acquire()
        defer { release() }
        return try await body()
    }

    /// Takes the turn if nobody has it; whoever takes it releases it.
    ///
    /// - Returns: Whether it was taken.
    func acquireNow() -> Bool {
        state.withLock { state in
            guard !state.isTaken else { return false }
            state.isTaken = true
            return true
        }
    }

    /// Takes the turn as soon as those who asked before have had it; whoever takes it releases it.
    ///
    /// - Throws: `CancellationError` if the task is cancelled while it waits.
    func acquire() async throws {
        let place: Promise<Void>? = state.withLock { state in
            guard state.isTaken else {
                state.isTaken = true
                return nil
            }
            let place = Promise<Void>()
            state.waiting.append(place)
            return place
        }
        guard let place else { return }
        do {
            try await place.value()
        } catch {
            // Either it left the queue, or it was given the turn meanwhile and must pass it on.
            let wasWaiting = state.withLock { state in
                let count = state.waiting.count
                state.waiting.removeAll { $0 === place }
                return state.waiting.count < count
            }
            if !wasWaiting { release() }
            throw error
        }
    }

    /// Passes the turn on.
    func release() {
        let next: Promise<Void>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.keep()
    }
}
