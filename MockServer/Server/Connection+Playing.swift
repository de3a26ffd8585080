import Locking
import ServerSentEvents

extension Connection {
    /// Plays a reply to its end.
    ///
    /// - Parameter reply: The reply.
    /// - Throws: `Gone` or `CancellationError` if the client left.
    func play(_ reply: Reply) async throws {
        switch reply.kind {
        case .stream(let steps, let headers, let framing, let coding):
            try await takeTurn {
                try await beginStream(headers: headers, framing: framing, coding: coding)
            }
            if request.method == "HEAD" { return try await finishIfNeeded() }
            try await play(steps)
        case .bytes(let steps):
            state.withLock { state in
                state.framing = .raw
                state.closesWhenComplete = true
            }
            begun.keep()
            try await play(steps)
        case .status(let code, let headers, let body, let retryAfter):
            try await complete(code, headers, body, retryAfter: retryAfter)
        case .redirect(let code, let location):
            try await complete(code, ["Location": location], "")
        case .refuse:
            begun.keep()
            try await perform(.drop(.reset))
        case .repeatLast:
            preconditionFailure("the queue of replies resolves it")
        }
    }

    /// Plays steps, then ends the answer if they did not.
    private func play(_ steps: [Step]) async throws {
        state.withLock { $0.stepCount = steps.count }
        for (index, step) in steps.enumerated() {
            state.withLock { state in
                state.stepNumber = index + 1
                state.step = step
            }
            observer?(self, .moved)
            try await perform(step)
        }
        try await finishIfNeeded()
    }

    /// Ends the answer cleanly unless it has ended.
    func finishIfNeeded() async throws {
        guard ending.current == nil else { return }
        try await takeTurn { try await finish() }
    }

    /// Does one step as often as it says.
    ///
    /// - Parameter step: The step.
    /// - Throws: `Gone` if the connection has ended, or `CancellationError`.
    func perform(_ step: Step) async throws {
        let bytes = step.fullBytes
        for _ in 0..<step.repetitions {
            guard ending.current == nil else { throw Gone() }
            try await performOnce(step, writing: bytes)
        }
    }

    private func performOnce(_ step: Step, writing bytes: [UInt8]) async throws {
        switch step.kind {
        case .event, .retry, .comment, .raw, .padding:
            try await takeTurn { try await write(step, bytes) }
        case .wait(let time):
            standing.keep()
            try await surroundings.clock.sleep(for: min(time, .longestSleep))
        case .gate(let name):
            standing.keep()
            try await surroundings.gates[name].value()
        case .mark(let name):
            mark(name).keep(true)
        case .end:
            try await takeTurn { try await finish() }
        case .drop(.fin):
            try await dropWithFin()
        case .drop(.reset):
            try await dropWithReset()
        case .stall, .hold:
            try await takeTurn { try await beginDefaultStreamIfNeeded() }
            try await standUntilTheEnd()
        case .halfClose:
            try await takeTurn {
                let isGoing = state.withLock { state in
                    state.isHalfClosed = state.phase == .going
                    return state.isHalfClosed
                }
                guard isGoing else { throw Gone() }
                wire.finishWriting()
            }
            try await standUntilTheEnd()
        }
    }

    private func standUntilTheEnd() async throws {
        standing.keep()
        settled.keep()
        _ = try await ending.value()
    }
}
