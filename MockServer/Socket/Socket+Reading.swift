import Locking

extension Socket {
    /// Waits until more bytes are there than a count, or none will come.
    ///
    /// - Parameter count: How many bytes the caller knows of.
    /// - Returns: All bytes received and not yet consumed.
    /// - Throws: ``Gone`` if no more bytes will come, or `CancellationError`.
    func received(moreThan count: Int) async throws -> [UInt8] {
        while true {
            let answer: Result<[UInt8], Gone>? = state.withLock { state in
                if state.received.count > count { return .success(state.received) }
                if state.peerEnd != nil || !state.isOpen { return .failure(Gone()) }
                return nil
            }
            if let answer { return try answer.get() }
            try await readPromise(beyond: count)?.value()
        }
    }

    /// Forgets received bytes.
    ///
    /// - Parameter count: How many, from the front.
    func consume(_ count: Int) {
        // Fewer are left if another, such as who stops the server, has closed it meanwhile.
        state.withLock { $0.received.removeFirst(min(count, $0.received.count)) }
    }

    private func readPromise(beyond count: Int) -> Promise<Void>? {
        state.withLock { state in
            guard state.received.count <= count, state.peerEnd == nil, state.isOpen else {
                return nil
            }
            let promise = state.readable ?? Promise()
            state.readable = promise
            return promise
        }
    }

    func receive() {
        let (promise, end) = state.withLock { state -> (Promise<Void>?, PeerEnd?) in
            guard state.isOpen, state.peerEnd == nil else { return (nil, nil) }
            let before = state.received.count
            let end = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
                Self.drain(descriptor, through: buffer, into: &state.received)
            }
            if let end { markPeerEnd(end, &state) }
            if state.closesAfterPeer { state.received = [] }
            guard state.received.count > before else { return (nil, end) }
            defer { state.readable = nil }
            return (state.readable, end)
        }
        promise?.keep()
        if let end { peerEnded(end) }
    }

    static func drain(
        _ descriptor: SocketDescriptor, through buffer: UnsafeMutableRawBufferPointer,
        into received: inout [UInt8]
    ) -> PeerEnd? {
        // A few rounds at a time: the poller calls again while there is more.
        for _ in 0..<16 {
            switch descriptor.receive(into: buffer) {
            case .bytes(let count):
                let room = max(0, receiveLimit - received.count)
                received.append(contentsOf: buffer.prefix(min(count, room)))
            case .wouldBlock: return nil
            case .end: return .fin
            case .failed(let code): return .reset(code)
            }
        }
        return nil
    }

    /// The peer's end leaves the descriptor readable for ever: without this it would spin.
    func markPeerEnd(_ end: PeerEnd, _ state: inout State) {
        state.peerEnd = end
        ask(for: [], &state)
    }

    func peerEnded(_ end: PeerEnd) {
        let (promises, onPeerEnd, closes) = state.withLock { state in
            defer { (state.readable, state.writable, state.onPeerEnd) = (nil, nil, nil) }
            let promises = [state.readable, state.writable].compactMap { $0 }
            return (promises, state.onPeerEnd, state.closesAfterPeer)
        }
        for promise in promises { promise.keep() }
        onPeerEnd?(end)
        if closes { close() }
    }
}
