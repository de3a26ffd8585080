import Locking

/// Pieces that may go out in part: what is left of one is written before anything else is.
extension Connection {
    /// How far writing without waiting came.
    enum Progress {
        /// Nothing is left.
        case done
        /// The client takes no more now.
        case full
        /// The client left, or the answer is over.
        case gone
    }

    /// Runs a body while nobody else writes, after what is left of a piece.
    ///
    /// - Parameter body: What may not be interleaved.
    /// - Returns: What the body returns.
    /// - Throws: ``Gone`` if the connection has ended, `CancellationError`, or the body's error.
    func takeTurn<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await turn.take {
            try await writingPieces { attemptRest() }
            return try await body()
        }
    }

    /// Attempts to write until nothing is left, waiting for room in between; needs the turn.
    ///
    /// - Parameter attempt: Writes what goes out without waiting.
    /// - Throws: ``Gone`` if the connection has ended, or `CancellationError`.
    func writingPieces(_ attempt: () -> Progress) async throws {
        var progress = attempt()
        while progress == .full {
            try await unbroken { try await wire.room() }
            progress = attempt()
        }
        if progress == .gone { throw Gone() }
    }

    /// Makes a piece the next that goes out; needs the turn, and that nothing is left of another.
    ///
    /// - Parameters:
    ///   - piece: The piece.
    ///   - step: The step that it is of.
    ///   - total: How many bytes the step has, before any cut.
    /// - Returns: Whether the answer still goes on.
    func begin(_ piece: Piece, of step: Step, total: Int) -> Bool {
        state.withLock { state in
            guard state.phase == .going else { return false }
            state.sent.begin(step, total: total)
            state.rest = (piece, sent: 0)
            return true
        }
    }

    /// Writes as much of what is left of a piece as goes out without waiting; needs the turn.
    ///
    /// - Returns: How far it came.
    func attemptRest() -> Progress {
        while true {
            let (rest, isGoing) = state.withLock { ($0.rest, $0.phase == .going) }
            guard let (piece, sent) = rest else { return .done }
            guard sent < piece.bytes.count else {
                state.withLock { $0.rest = nil }
                return .done
            }
            guard isGoing else { return .gone }
            switch wire.attempt(piece.bytes[sent...]) {
            case .took(let count):
                wrote(piece, from: sent, to: sent + count)
                state.withLock { $0.rest = (piece, sent: sent + count) }
            case .full: return .full
            case .gone: return .gone
            }
        }
    }

    /// Ends the answer of a subscriber that does not read what a channel has for it.
    func overflowed() {
        breakOff(.overflow)
    }
}
