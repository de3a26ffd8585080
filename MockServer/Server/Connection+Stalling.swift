import Locking

extension Connection {
    /// Makes the server fall silent, in the middle of whatever its script does, until ``resume()``.
    ///
    /// A step that is being written is finished first, and so is the head of a script. Then nothing
    /// is written any more, by the script or by ``send(_:)-(Step)``, while the connection stays
    /// open; ``drop(_:)`` ends it all the same. It does nothing if the connection has ended, or is
    /// stalled already.
    ///
    /// ```swift
    /// let first = try await server.connection(1, on: "/feed")
    /// try await first.stall()  // the app should tell that nothing comes
    /// first.resume()
    /// ```
    ///
    /// - Throws: `CancellationError` if the task is cancelled while a step is being written.
    public func stall() async throws {
        guard let order = state.withLock({ $0.askToStall() }) else { return }
        do {
            // Where it has the turn before the script does, a drop would wait for a head in vain.
            if isScripted { try await begun.value() }
            try await turn.acquire()
        } catch {
            state.withLock { $0.withdrawStall(order) }
            throw error
        }
        if state.withLock({ $0.standStill(order) }) {
            observer?(self, .moved)
        } else {
            turn.release()
        }
    }

    /// Lets the server go on where ``stall()`` made it fall silent.
    public func resume() {
        guard state.withLock({ $0.goOn() }) else { return }
        turn.release()
        observer?(self, .moved)
    }

    /// Whether it was made to fall silent.
    package var isStalled: Bool { state.withLock { $0.stall == .standing } }
}
