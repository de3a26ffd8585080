import Locking
import ServerSentEvents

extension Connection {
    func beginDefaultStreamIfNeeded() async throws {
        guard state.withLock({ $0.framing == nil }) else { return }
        try await beginStream(headers: [:], framing: .chunked)
    }

    func beginStream(
        headers: Headers, framing asked: Reply.Framing, coding: Reply.Coding = .identity
    ) async throws {
        // HTTP/1.0 knows no chunks: https://www.rfc-editor.org/rfc/rfc9112#section-6.1
        let framing = asked == .chunked && !takesChunks ? .closeDelimited : asked
        let asksToClose = headers["Connection"]?.lowercased().contains("close") ?? false
        let closes = !keepsAlive || asksToClose || framing == .closeDelimited
        let head = ResponseHead.stream(
            headers: headers, framing: framing, coding: coding, closes: closes)
        state.withLock { state in
            state.status = head.status
            state.framing = framing
            state.closesWhenComplete = closes
            state.gzip = coding == .gzip ? GzipEncoder() : nil
        }
        try await unbroken { try await wire.write(head.bytes) }
        begun.keep()
    }

    func complete(
        _ status: Int, _ headers: Headers, _ body: String, retryAfter: Duration? = nil
    ) async throws {
        try await takeTurn {
            guard state.withLock({ $0.beginCompleting() }) else { throw Gone() }
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
                try await wire.write(head.bytes + payload) { sent in
                    guard sent >= head.bytes.count else { return }
                    state.withLock { $0.bytesSent = sent - head.bytes.count }
                    begun.keep()
                }
            } catch {
                concludeUnwritten(after: error)
                throw error
            }
            if closes { wire.closeAfterPeer() }
            conclude(.completing, .complete)
        }
    }

    /// Writes one repetition of a step, up to its cut.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - full: All its bytes.
    /// - Throws: `Gone` if the connection has ended, or `CancellationError`.
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
            if !rest.isEmpty {
                try await surroundings.clock.sleep(for: min(dribble.interval, .longestSleep))
            }
        }
    }

    /// Writes a part of the body, as a chunk of its own where there are chunks.
    private func write(_ payload: ArraySlice<UInt8>) async throws {
        var rest = payload
        while !rest.isEmpty {
            let piece = state.withLock { state -> Piece? in
                guard state.phase == .going else { return nil }
                let part = state.gzip == nil ? rest : rest.prefix(GzipEncoder.blockLimit)
                rest = rest.dropFirst(part.count)
                return Piece(
                    part, isChunk: state.framing == .chunked, prefix: state.gzip?.begin(part) ?? [])
            }
            guard let piece else { throw Gone() }
            try await write(piece)
        }
    }

    private func write(_ piece: Piece) async throws {
        var sent = 0
        try await unbroken {
            try await wire.write(piece.bytes) { count in
                wrote(piece, from: sent, to: count)
                sent = count
            }
        }
    }

    /// Notes how far a piece went out.
    func wrote(_ piece: Piece, from start: Int, to end: Int) {
        let count = piece.payloadCount(in: end) - piece.payloadCount(in: start)
        state.withLock { state in
            state.bytesSent += count
            state.sent.wrote(count)
        }
        observer?(self, .moved)
    }

    /// A write that is cancelled may leave half a chunk: nothing that came after it could be read, so
    /// the connection is dropped.
    func unbroken(_ write: () async throws -> Void) async throws {
        do {
            try await write()
        } catch let error where !(error is Gone) {
            breakOff(.fin)
            throw error
        }
    }
}
