import Dispatch
import Synchronization

/// One accepted TCP connection: reading is always armed, writing waits for room.
///
/// All calls on the descriptor are made under one lock and only while it is open, and it is closed
/// only after its last dispatch source is gone: its number cannot be reused under a pending call.
final class Socket: Sendable {
    /// Why the peer sends nothing more.
    enum PeerEnd: Sendable {
        /// It sent FIN.
        case fin
        /// It sent a reset, or the connection broke; the number of the error.
        case reset(Int32)
    }

    /// Thrown by writing to a socket whose peer is gone, or that was closed.
    struct Gone: Error {}

    private struct State {
        var isOpen = true
        /// Sources that the system may still look at.
        var sources = 0
        var readSource: (any DispatchSourceRead)?
        var writeSource: (any DispatchSourceWrite)?
        var received: [UInt8] = []
        var peerEnd: PeerEnd?
        var closesAfterPeer = false
        var readable: Promise<Void>?
        var writable: Promise<Void>?
        var onPeerEnd: (@Sendable (PeerEnd) -> Void)?
        var onClosed: (@Sendable () -> Void)?
    }

    private let descriptor: SocketDescriptor
    private let queue: DispatchQueue
    private let state = Mutex(State())

    /// What a client may send ahead of being read; the rest is dropped.
    static let receiveLimit = 2 << 20

    /// Takes over a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: The socket; it is closed by this object alone.
    ///   - queue: The serial queue of the server.
    init(_ descriptor: SocketDescriptor, queue: DispatchQueue) {
        self.descriptor = descriptor
        self.queue = queue
    }

    /// Arms the read side. It stays armed until the peer ended or the socket is closed.
    ///
    /// - Parameters:
    ///   - onPeerEnd: Called once on the queue, when the peer closed or reset its side.
    ///   - onClosed: Called once on the queue, after the descriptor was closed.
    func activate(
        onPeerEnd: @escaping @Sendable (PeerEnd) -> Void,
        onClosed: @escaping @Sendable () -> Void
    ) {
        // Made under the lock, as a source is not Sendable: the state owns it from the start.
        let isOpen = state.withLock { state in
            guard state.isOpen else { return false }
            let source = DispatchSource.makeReadSource(
                fileDescriptor: descriptor.number, queue: queue)
            source.setEventHandler { self.receive() }
            source.setCancelHandler { self.sourceEnded() }
            state.sources += 1
            state.readSource = source
            (state.onPeerEnd, state.onClosed) = (onPeerEnd, onClosed)
            source.activate()
            return true
        }
        // Stopped before it began.
        if !isOpen { queue.async(execute: onClosed) }
    }

    // MARK: Reading

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
        state.withLock { $0.received.removeFirst(count) }
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

    private func receive() {
        let (promise, end) = state.withLock { state -> (Promise<Void>?, PeerEnd?) in
            guard state.isOpen, state.peerEnd == nil else { return (nil, nil) }
            let before = state.received.count
            let end = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
                Self.drain(descriptor, through: buffer, into: &state.received)
            }
            if end != nil { Self.markPeerEnd(end, &state) }
            guard end != nil || state.received.count > before else { return (nil, nil) }
            defer { state.readable = nil }
            return (state.readable, end)
        }
        promise?.keep()
        if let end { peerEnded(end) }
    }

    private static func drain(
        _ descriptor: SocketDescriptor, through buffer: UnsafeMutableRawBufferPointer,
        into received: inout [UInt8]
    ) -> PeerEnd? {
        // A few rounds at a time: the source fires again while there is more.
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
    private static func markPeerEnd(_ end: PeerEnd?, _ state: inout State) {
        state.peerEnd = end
        state.readSource?.cancel()
        state.readSource = nil
    }

    private func peerEnded(_ end: PeerEnd) {
        let (promise, onPeerEnd, closes) = state.withLock { state in
            defer { (state.writable, state.onPeerEnd) = (nil, nil) }
            return (state.writable, state.onPeerEnd, state.closesAfterPeer)
        }
        promise?.keep()
        onPeerEnd?(end)
        if closes { close() }
    }

    // MARK: Writing

    /// Sends bytes, waiting for room as often as needed.
    ///
    /// - Parameters:
    ///   - bytes: What to send.
    ///   - progress: Called with the number of bytes the kernel took so far.
    /// - Throws: ``Gone`` if the peer left or the socket was closed, or `CancellationError`.
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
            guard state.isOpen, state.peerEnd == nil else { return .end }
            return bytes.withUnsafeBytes { buffer in
                descriptor.send(UnsafeRawBufferPointer(rebasing: buffer[start...]))
            }
        }
    }

    private func writePromise() -> Promise<Void>? {
        state.withLock { state in
            guard state.isOpen, state.peerEnd == nil, state.writeSource == nil else { return nil }
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

    // MARK: Closing

    /// How many bytes have not reached the peer's receive buffer yet; 0 if it is gone.
    var unacknowledged: Int {
        state.withLock { state in
            state.isOpen && state.peerEnd == nil ? descriptor.unacknowledged : 0
        }
    }

    /// Sends a FIN; the peer's bytes are still read, and nothing is closed.
    func finishWriting() {
        state.withLock { state in
            if state.isOpen { descriptor.finishWriting() }
        }
    }

    /// Sends a FIN and closes once the peer has closed too.
    ///
    /// Closing at once would answer bytes that are still on their way with a reset, which can
    /// overtake what the peer has not read yet.
    func closeAfterPeer() {
        let closes = state.withLock { state in
            guard state.isOpen else { return false }
            descriptor.finishWriting()
            state.closesAfterPeer = true
            return state.peerEnd != nil
        }
        if closes { close() }
    }

    /// Closes with a reset; what is still queued is lost.
    func reset() {
        state.withLock { state in
            if state.isOpen { descriptor.resetWhenClosed() }
        }
        close()
    }

    /// Closes. Does nothing if it is closed already.
    func close() {
        let (promises, isLast) = state.withLock { state -> ([Promise<Void>], Bool) in
            guard state.isOpen else { return ([], false) }
            state.isOpen = false
            // Closing a socket with unread bytes sends a reset instead of a FIN.
            var unread: [UInt8] = []
            _ = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
                Self.drain(descriptor, through: buffer, into: &unread)
            }
            state.readSource?.cancel()
            state.writeSource?.cancel()
            state.readSource = nil
            state.writeSource = nil
            state.received = []
            defer { (state.readable, state.writable) = (nil, nil) }
            return ([state.readable, state.writable].compactMap { $0 }, state.sources == 0)
        }
        if isLast { release() }
        for promise in promises { promise.keep() }
    }

    /// Runs on the queue after the system has forgotten a source.
    private func sourceEnded() {
        let isLast = state.withLock { state in
            state.sources -= 1
            return state.sources == 0 && !state.isOpen
        }
        if isLast { release() }
    }

    private func release() {
        descriptor.close()
        // The closures hold the owner of this socket: forgetting them ends that cycle.
        let onClosed = state.withLock { state in
            defer { (state.onPeerEnd, state.onClosed) = (nil, nil) }
            return state.onClosed
        }
        if let onClosed { queue.async(execute: onClosed) }
    }
}
