import Dispatch
import Locking

extension Socket {
    /// How many bytes have not reached the peer's receive buffer yet; 0 if it is gone.
    var unacknowledged: Int {
        state.withLock { state in
            state.isOpen && state.peerEnd == nil ? descriptor.unacknowledged : 0
        }
    }

    /// Sends a FIN; the peer's bytes are still read, and nothing is closed.
    func finishWriting() {
        let room = state.withLock { finishWriting(&$0) }
        room?.keep()
    }

    /// Sends a FIN, unless a reset is to come.
    ///
    /// - Returns: The promise of those who wait for room, which nobody needs any more.
    private func finishWriting(_ state: inout State) -> Promise<Void>? {
        guard state.isOpen, !state.isBeingReset else { return nil }
        state.isWritingFinished = true
        descriptor.finishWriting()
        defer { state.writable = nil }
        return state.writable
    }

    /// Sends a FIN and closes once the peer has closed too.
    ///
    /// Closing at once would answer bytes that are still on their way with a reset, which can
    /// overtake what the peer has not read yet.
    func closeAfterPeer() {
        let (room, closes) = state.withLock { state -> (Promise<Void>?, Bool) in
            guard state.isOpen, !state.isBeingReset else { return (nil, false) }
            state.closesAfterPeer = true
            state.received = []
            return (finishWriting(&state), state.peerEnd != nil)
        }
        room?.keep()
        if closes { close() }
    }

    /// Sends nothing more, no FIN either, before a reset.
    func beginReset() {
        state.withLock { $0.isBeingReset = true }
    }

    /// Closes with a reset; what is still queued is lost.
    func reset() {
        state.withLock { state in
            if state.isOpen { descriptor.resetWhenClosed() }
        }
        close()
    }

    /// Closes, unless it is closed already.
    func close() {
        let (isNews, promises, watch) = state.withLock {
            state -> (Bool, [Promise<Void>], (any Watch)?) in
            guard state.isOpen else { return (false, [], nil) }
            state.isOpen = false
            // Closing a socket with unread bytes sends a reset instead of a FIN.
            var unread: [UInt8] = []
            _ = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
                Self.drain(descriptor, through: buffer, into: &unread)
            }
            state.received = []
            defer { (state.readable, state.writable, state.watch) = (nil, nil, nil) }
            return (true, [state.readable, state.writable].compactMap { $0 }, state.watch)
        }
        guard isNews else { return }
        if let watch { watch.cancel { self.release() } } else { release() }
        for promise in promises { promise.keep() }
    }

    private func release() {
        descriptor.close()
        // The closures hold the owner of this socket: forgetting them ends that cycle.
        let (peerEnd, onPeerEnd, onClosed) = state.withLock { state in
            defer { (state.onPeerEnd, state.onClosed) = (nil, nil) }
            return (state.peerEnd, state.onPeerEnd, state.onClosed)
        }
        // Who found that the peer has left may not have come to telling so.
        if let peerEnd { onPeerEnd?(peerEnd) }
        if let onClosed { queue.async(execute: onClosed) }
    }
}
