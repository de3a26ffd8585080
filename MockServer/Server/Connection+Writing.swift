import Locking

extension Connection {
    func beginDefaultStreamIfNeeded() async throws {
        guard state.withLock({ $0.framing == nil }) else { return }
        try await beginStream(headers: [:], framing: .chunked)
    }

    func beginStream(headers: Headers, framing asked: Reply.Framing) async throws {
        // HTTP/1.0 knows no chunks: https://www.rfc-editor.org/rfc/rfc9112#section-6.1
        let framing = asked == .chunked && !takesChunks ? .closeDelimited : asked
        let asksToClose = headers["Connection"]?.lowercased().contains("close") ?? false
        let closes = !keepsAlive || asksToClose || framing == .closeDelimited
        let head = ResponseHead.stream(headers: headers, framing: framing, closes: closes)
        state.withLock { state in
            state.status = head.status
            state.framing = framing
            state.closesWhenComplete = closes
        }
        try await unbroken { try await wire.write(head.bytes) }
        begun.keep()
    }

    func complete(
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
                concludeUnwritten(after: error)
                throw error
            }
            state.withLock { $0.bytesSent = payload.count }
            if closes { wire.closeAfterPeer() }
            conclude(.complete)
        }
    }

    /// Writes one repetition of a step, up to its cut.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - full: All its bytes.
    /// - Throws: `Socket.Gone` if the connection has ended, or `CancellationError`.
    func write(_ step: Step, _ full: [UInt8]) async throws {
        try await beginDefaultStreamIfNeeded()
        let isHead = request.method == "HEAD" && state.withLock { $0.framing != .raw }
        guard !isHead else { return }
        var rest = full.prefix(step.cut ?? full.count)
        state.withLock { $0.sent.begin(step, total: full.count) }
        guard let dribble = step.dribble else { return try await write(rest) }
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
        try await unbroken {
            try await wire.write(prefix + payload + suffix) { count in
                let written = min(max(0, count - prefix.count), payload.count)
                state.withLock { state in
                    state.bytesSent += written - known
                    state.sent.wrote(written - known)
                }
                known = written
            }
        }
    }

    /// A write that is cancelled may leave half a chunk: nothing that came after it could be read, so
    /// the connection is dropped.
    private func unbroken(_ write: () async throws -> Void) async throws {
        do {
            try await write()
        } catch let error where !(error is Socket.Gone) {
            // Throws where the connection has ended, and that is why the task was cancelled.
            try? dropWithFin()
            throw error
        }
    }
}
