import Dispatch
import Locking

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

    struct State {
        var isOpen = true
        /// Sources that the system may still look at.
        var sources = 0
        var readSource: (any DispatchSourceRead)?
        var writeSource: (any DispatchSourceWrite)?
        var received: [UInt8] = []
        var peerEnd: PeerEnd?
        /// A FIN was sent.
        var isWritingFinished = false
        var closesAfterPeer = false
        var readable: Promise<Void>?
        var writable: Promise<Void>?
        var onPeerEnd: (@Sendable (PeerEnd) -> Void)?
        var onClosed: (@Sendable () -> Void)?
    }

    let descriptor: SocketDescriptor
    let queue: DispatchQueue
    let state = Protected(State())

    /// What a client may send ahead of being read; the rest is dropped.
    static let receiveLimit = 8 << 20

    /// Takes over a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: The socket; it is closed by this object alone.
    ///   - queue: The serial queue of the server.
    init(_ descriptor: SocketDescriptor, queue: DispatchQueue) {
        self.descriptor = descriptor
        self.queue = queue
    }

    /// Arms the read side, until the peer ended or the socket is closed.
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
}
