import Synchronization

extension Connection {
    /// Plays a reply to its end.
    ///
    /// - Parameter reply: The reply.
    /// - Throws: `Socket.Gone` or `CancellationError` if the client left.
    func play(_ reply: Reply) async throws {
        switch reply.kind {
        case .stream(let steps, let headers, let framing):
            try await turn.take {
                try await beginStream(headers: headers, framing: framing)
            }
            try await play(steps)
        case .bytes(let steps):
            state.withLock { $0.framing = .closeDelimited }
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
            try await perform(step)
        }
        try await finishIfNeeded()
    }

    /// Ends the answer cleanly unless it has ended.
    func finishIfNeeded() async throws {
        guard ending.current == nil else { return }
        try await turn.take { try await finish() }
    }

    /// Does one step as often as it says.
    ///
    /// - Parameter step: The step.
    /// - Throws: `Socket.Gone` if the connection has ended, or `CancellationError`.
    func perform(_ step: Step) async throws {
        for _ in 0..<step.repetitions {
            guard ending.current == nil else { throw Socket.Gone() }
            try await performOnce(step)
        }
    }

    private func performOnce(_ step: Step) async throws {
        switch step.kind {
        case .event, .retry, .comment, .raw, .padding:
            try await turn.take { try await write(step) }
        case .wait(let time):
            try await surroundings.clock.sleep(for: time)
        case .gate(let name):
            try await surroundings.gates[name].value()
        case .mark(let name):
            mark(name).keep(true)
        case .end:
            try await turn.take { try await finish() }
        case .drop(.fin):
            try await turn.take { try dropWithFin() }
        case .drop(.reset):
            try await turn.take { try await dropWithReset() }
        case .stall, .hold:
            try await turn.take { try await beginDefaultStreamIfNeeded() }
            settled.keep()
            _ = try await ending.value()
        case .halfClose:
            wire.finishWriting()
            settled.keep()
            _ = try await ending.value()
        }
    }

    // MARK: Writing

    private func beginDefaultStreamIfNeeded() async throws {
        guard state.withLock({ $0.framing == nil }) else { return }
        try await beginStream(headers: [:], framing: .chunked)
    }

    private func beginStream(headers: Headers, framing: Reply.Framing) async throws {
        let asksToClose = headers["Connection"]?.lowercased().contains("close") ?? false
        let closes = !keepsAlive || asksToClose || framing == .closeDelimited
        let head = ResponseHead.stream(headers: headers, framing: framing, closes: closes)
        state.withLock { state in
            state.status = head.status
            state.framing = framing
            state.closesWhenComplete = closes
        }
        try await wire.write(head.bytes)
        begun.keep()
    }

    private func complete(
        _ status: Int, _ headers: Headers, _ body: String, retryAfter: Duration? = nil
    ) async throws {
        try await turn.take {
            guard beginEnding() else { throw Socket.Gone() }
            let asksToClose = headers["Connection"]?.lowercased().contains("close") ?? false
            let closes = !keepsAlive || asksToClose
            let payload = request.method == "HEAD" ? [] : Array(body.utf8)
            let head = ResponseHead.complete(
                status, headers: headers, bodyCount: body.utf8.count, retryAfter: retryAfter,
                closes: closes)
            state.withLock { state in
                state.status = status
                state.closesWhenComplete = closes
            }
            do {
                try await wire.write(head.bytes + payload)
            } catch {
                conclude(nil)
                throw error
            }
            state.withLock { $0.bytesSent = payload.count }
            if closes { wire.closeAfterPeer() }
            conclude(.complete)
        }
    }

    private func write(_ step: Step) async throws {
        try await beginDefaultStreamIfNeeded()
        guard request.method != "HEAD" else { return }
        let bytes = step.bytes
        state.withLock { $0.sent.begin(step, total: step.fullBytes.count) }
        guard let dribble = step.dribble else { return try await write(bytes[...]) }
        var rest = bytes[...]
        while !rest.isEmpty {
            try await write(rest.prefix(dribble.bytes))
            rest = rest.dropFirst(dribble.bytes)
            if !rest.isEmpty { try await surroundings.clock.sleep(for: dribble.interval) }
        }
    }

    /// Writes a piece of the body, as a chunk of its own where there are chunks.
    private func write(_ payload: ArraySlice<UInt8>) async throws {
        guard !payload.isEmpty else { return }
        guard state.withLock({ $0.phase == .going }) else { throw Socket.Gone() }
        var prefix: [UInt8] = []
        var suffix: [UInt8] = []
        if state.withLock({ $0.framing == .chunked }) {
            prefix = Array("\(String(payload.count, radix: 16))\r\n".utf8)
            suffix = [0x0D, 0x0A]
        }
        var known = 0
        try await wire.write(prefix + payload + suffix) { count in
            let written = min(max(0, count - prefix.count), payload.count)
            state.withLock { state in
                state.bytesSent += written - known
                state.sent.wrote(written - known)
            }
            known = written
        }
    }

    // MARK: Ending

    private func finish() async throws {
        try await beginDefaultStreamIfNeeded()
        guard beginEnding() else { throw Socket.Gone() }
        let (framing, closes, sent) = state.withLock { state in
            (state.framing ?? .chunked, state.closesWhenComplete, state.bytesSent)
        }
        let isHead = request.method == "HEAD"
        do {
            if framing == .chunked, !isHead {
                try await wire.write(Array("0\r\n\r\n".utf8), progress: { _ in })
            }
        } catch {
            conclude(nil)
            throw error
        }
        if case .contentLength(let count) = framing.kind, count != sent, !isHead {
            wire.closeAfterPeer()
            return conclude(.fin)
        }
        if closes || framing == .closeDelimited { wire.closeAfterPeer() }
        conclude(.complete)
    }

    private func dropWithFin() throws {
        guard beginEnding() else { throw Socket.Gone() }
        wire.closeAfterPeer()
        conclude(.fin)
    }

    /// A reset loses what is still queued: it waits until all has reached the client.
    private func dropWithReset() async throws {
        let limit = ContinuousClock.now.advanced(by: surroundings.waitLimit)
        while wire.unacknowledged > 0, ContinuousClock.now < limit {
            try await ContinuousClock().sleep(for: .microseconds(200))
        }
        guard beginEnding() else { throw Socket.Gone() }
        wire.reset()
        conclude(.reset)
    }
}

extension Wire {
    func write(_ bytes: [UInt8]) async throws {
        try await write(bytes, progress: { _ in })
    }
}
