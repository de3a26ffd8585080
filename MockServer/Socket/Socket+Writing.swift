import Dispatch
import Locking

extension Socket: Wire {
    func attempt(_ bytes: ArraySlice<UInt8>) -> WireAttempt {
        let transfer: SocketDescriptor.Transfer = state.withLock { state in
            guard state.takesBytes else { return .end }
            return bytes.withUnsafeBytes { descriptor.send($0) }
        }
        switch transfer {
        case .bytes(let count): return .took(count)
        case .wouldBlock: return .full
        case .end: return .gone
        case .failed(let code):
            queue.async { self.broke(code) }
            return .gone
        }
    }

    func room() async throws {
        try await writePromise()?.value()
    }

    /// The promise of room, which a write that was cancelled meanwhile may have asked for.
    ///
    /// - Returns: The promise, or `nil` if there is nothing to wait for.
    func writePromise() -> Promise<Void>? {
        state.withLock { state in
            guard state.takesBytes else { return nil }
            let promise = state.writable ?? Promise()
            state.writable = promise
            ask(for: state.interest.union(.writing), &state)
            return promise
        }
    }

    func becameWritable() {
        let promise = state.withLock { state -> Promise<Void>? in
            guard state.isOpen, state.peerEnd == nil else { return nil }
            // Otherwise the poller would call as long as there is room.
            ask(for: state.interest.subtracting(.writing), &state)
            defer { state.writable = nil }
            return state.writable
        }
        promise?.keep()
    }

    /// A write failed: the peer is gone, which the read side may not have been told yet.
    private func broke(_ code: Int32) {
        let isNews = state.withLock { state in
            guard state.isOpen, state.peerEnd == nil else { return false }
            markPeerEnd(.reset(code), &state)
            return true
        }
        guard isNews else { return }
        peerEnded(.reset(code))
    }
}
