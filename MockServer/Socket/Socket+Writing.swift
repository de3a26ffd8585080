import Dispatch
import Locking

extension Socket: Wire {
    /// Sends bytes, waiting for room as often as needed.
    ///
    /// - Parameters:
    ///   - bytes: What to send.
    ///   - progress: Called with the number of bytes the kernel took so far.
    /// - Throws: ``Gone`` if the peer left or the socket was closed or finished, or
    ///   `CancellationError`.
    func write(_ bytes: [UInt8], progress: (Int) -> Void = { _ in }) async throws {
        var sent = 0
        while sent < bytes.count {
            switch attempt(bytes, from: sent) {
            case .bytes(let count):
                sent += count
                progress(sent)
            case .wouldBlock:
                try await writePromise()?.value()
            case .end:
                throw Gone()
            case .failed(let code):
                queue.async { self.broke(code) }
                throw Gone()
            }
        }
    }

    private func attempt(_ bytes: [UInt8], from start: Int) -> SocketDescriptor.Transfer {
        state.withLock { state in
            guard state.isOpen, state.peerEnd == nil, !state.isWritingFinished else { return .end }
            return bytes.withUnsafeBytes { buffer in
                descriptor.send(UnsafeRawBufferPointer(rebasing: buffer[start...]))
            }
        }
    }

    /// The promise of room, which a write that was cancelled meanwhile may have asked for.
    ///
    /// - Returns: The promise, or `nil` if there is nothing to wait for.
    func writePromise() -> Promise<Void>? {
        state.withLock { state in
            guard state.isOpen, state.peerEnd == nil else { return nil }
            if state.writeSource != nil { return state.writable }
            let promise = state.writable ?? Promise()
            state.writable = promise
            let source = DispatchSource.makeWriteSource(
                fileDescriptor: descriptor.number, queue: queue)
            source.setEventHandler { self.becameWritable() }
            source.setCancelHandler { self.sourceEnded() }
            state.writeSource = source
            state.sources += 1
            source.activate()
            return promise
        }
    }

    private func becameWritable() {
        let promise = state.withLock { state in
            // One source for each wait: an armed write source fires as long as there is room.
            state.writeSource?.cancel()
            state.writeSource = nil
            defer { state.writable = nil }
            return state.writable
        }
        promise?.keep()
    }

    /// A write failed: the peer is gone, which the read side may not have been told yet.
    private func broke(_ code: Int32) {
        let isNews = state.withLock { state in
            guard state.isOpen, state.peerEnd == nil else { return false }
            Self.markPeerEnd(.reset(code), &state)
            return true
        }
        guard isNews else { return }
        peerEnded(.reset(code))
    }
}
