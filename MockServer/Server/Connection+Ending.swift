import Locking
import ServerSentEvents

extension Connection {
    /// Ends the answer cleanly, as its framing demands.
    func finish() async throws {
        try await beginDefaultStreamIfNeeded()
        guard state.withLock({ $0.beginCompleting() }) else { throw Gone() }
        let (framing, closes, sent, trailer) = state.withLock { state in
            (
                state.framing ?? .chunked, state.closesWhenComplete, state.bytesSent,
                state.gzip?.end() ?? []
            )
        }
        let isHead = request.method == "HEAD"
        do {
            if !isHead {
                if !trailer.isEmpty {
                    try await wire.write(Piece(trailer[...], isChunk: framing == .chunked).bytes)
                }
                if framing == .chunked { try await wire.write(Array("0\r\n\r\n".utf8)) }
            }
        } catch {
            concludeUnwritten(after: error)
            throw error
        }
        if case .contentLength(let count) = framing.kind, count != sent, !isHead {
            wire.closeAfterPeer()
            return conclude(.completing, .fin)
        }
        if closes { wire.closeAfterPeer() }
        conclude(.completing, .complete)
    }

    /// Concludes an answer whose end was not written whole: it was dropped, the client left, or the
    /// task that wrote it was cancelled.
    func concludeUnwritten(after error: any Error) {
        let (drop, clientLeft) = state.withLock { state in
            let isGone = error is Gone && state.pendingDrop == nil && !state.isHalfClosed
            return (state.pendingDrop, isGone || state.clientCause != nil)
        }
        wire.closeAfterPeer()
        conclude(.completing, clientLeft ? nil : drop ?? .fin)
    }

    /// A drop takes no turn: it must not wait for a step that is being dribbled, or for a client that
    /// does not read.
    func dropWithFin() async throws {
        switch state.withLock({ $0.beginDropping(.fin) }) {
        case .none:
            throw Gone()
        case .byDropper:
            wire.closeAfterPeer()
            conclude(.dropping, .fin)
        case .byCompleter:
            wire.closeAfterPeer()
            _ = try await ending.value()
        }
    }

    /// A reset loses what is still queued: it waits until all has reached the client, and the step
    /// that is being written ends where it is.
    func dropWithReset() async throws {
        let conclusion = state.withLock { state in
            let conclusion = state.beginDropping(.reset)
            // Under the lock: whoever sees that it is dropped must not send a FIN before the reset.
            if conclusion != nil { wire.beginReset() }
            return conclusion
        }
        guard let conclusion else { throw Gone() }
        let limit = ContinuousClock.now.advanced(by: surroundings.waitLimit.boundedSleep)
        do {
            while wire.unacknowledged > 0, ContinuousClock.now < limit {
                try await ContinuousClock().sleep(for: .microseconds(200))
            }
        } catch {
            // Cancelled: what has not arrived is lost.
            breakOff(conclusion)
            throw error
        }
        if wire.unacknowledged > 0 {
            let message = "\(name) was reset before the client had taken all bytes before it"
            surroundings.issues.append(Issue(.undelivered, message, path: path))
        }
        breakOff(conclusion)
        if conclusion == .byCompleter { _ = try await ending.value() }
    }

    private func breakOff(_ conclusion: ConnectionState.Conclusion) {
        let clientLeft = state.withLock { $0.clientCause != nil }
        wire.reset()
        guard conclusion == .byDropper else { return }
        conclude(.dropping, clientLeft ? nil : .reset)
    }

    /// Ends the answer at once, wherever it is.
    func breakOff(_ cause: Ending.Cause) {
        guard let conclusion = state.withLock({ $0.beginDropping(cause) }) else { return }
        wire.closeAfterPeer()
        if conclusion == .byDropper { conclude(.dropping, cause) }
    }
}
