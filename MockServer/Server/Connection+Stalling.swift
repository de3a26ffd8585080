import Locking

extension Connection {
    /// Makes the server fall silent, in the middle of whatever its script does, until ``resume()``.
    ///
    /// A step that is being written is finished first. Then nothing is written any more, by the
    /// script or by ``send(_:)-(Step)``, while the connection stays open; ``drop(_:)`` ends it all the
    /// same. It does nothing if the connection has ended, or is stalled already.
    ///
    /// ```swift
    /// let first = try await server.connection(1, on: "/feed")
    /// try await first.stall()  // the app should tell that nothing comes
    /// first.resume()
    /// ```
    ///
    /// - Throws: `CancellationError` if the task is cancelled while a step is being written.
    public func stall() async throws {
        let isFirst = state.withLock { state in
            guard state.phase == .going, state.stall == .none else { return false }
            state.stall = .asked
            return true
        }
        guard isFirst else { return }
        do {
            try await turn.acquire()
        } catch {
            state.withLock { $0.stall = .none }
            throw error
        }
        let stands = state.withLock { state in
            // Unless it was told to go on, or ended, meanwhile.
            guard state.phase == .going, state.stall == .asked else { return false }
            state.stall = .standing
            return true
        }
        if stands { observer?(self, .moved) } else { turn.release() }
    }

    /// Lets the server go on where ``stall()`` made it fall silent.
    public func resume() {
        let wasStanding = state.withLock { state in
            defer { state.stall = .none }
            return state.stall == .standing
        }
        guard wasStanding else { return }
        turn.release()
        observer?(self, .moved)
    }

    /// Whether it was made to fall silent.
    package var isStalled: Bool { state.withLock { $0.stall == .standing } }
}
