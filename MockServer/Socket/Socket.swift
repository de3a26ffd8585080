import Dispatch
import Locking

/// One accepted TCP connection: reading is always armed, writing waits for room.
///
/// All calls on the descriptor are made under one lock and only while it is open, and it is closed
/// only after its watch has ended: its number cannot be reused under a pending call.
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
        var watch: (any Watch)?
        /// What the watch is asked for.
        var interest: Readiness = []
        var received: [UInt8] = []
        var peerEnd: PeerEnd?
        /// A FIN was sent.
        var isWritingFinished = false
        /// A reset is to come, and nothing before it.
        var isBeingReset = false
        /// Whether bytes can be sent.
        var takesBytes: Bool { isOpen && peerEnd == nil && !isWritingFinished && !isBeingReset }
        var closesAfterPeer = false
        var readable: Promise<Void>?
        var writable: Promise<Void>?
        var onPeerEnd: (@Sendable (PeerEnd) -> Void)?
        var onClosed: (@Sendable () -> Void)?
    }

    let descriptor: SocketDescriptor
    let poller: any Poller
    let queue: DispatchQueue
    let state = Protected(State())

    /// What a client may send ahead of being read; the rest is dropped.
    static let receiveLimit = 8 << 20

    /// Takes over a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: The socket; it is closed by this object alone.
    ///   - poller: What tells when it is ready.
    ///   - queue: The serial queue of the server.
    init(_ descriptor: SocketDescriptor, poller: any Poller, queue: DispatchQueue) {
        self.descriptor = descriptor
        self.poller = poller
        self.queue = queue
    }

    /// Arms the read side, until the peer ended or the socket is closed.
    ///
    /// - Parameters:
    ///   - onPeerEnd: Called once, when the peer closed or reset its side.
    ///   - onClosed: Called once on the queue, after the descriptor was closed.
    func activate(
        onPeerEnd: @escaping @Sendable (PeerEnd) -> Void,
        onClosed: @escaping @Sendable () -> Void
    ) {
        let isOpen = state.withLock { state in
            guard state.isOpen else { return false }
            (state.onPeerEnd, state.onClosed) = (onPeerEnd, onClosed)
            ask(for: state.interest.union(.reading), &state)
            return true
        }
        // Stopped before it began.
        if !isOpen { queue.async(execute: onClosed) }
    }

    /// Changes what the socket is watched for.
    func ask(for interest: Readiness, _ state: inout State) {
        let watch =
            state.watch
            ?? poller.watch(descriptor.number) { ready in
                if ready.contains(.reading) { self.receive() }
                if ready.contains(.writing) { self.becameWritable() }
            }
        state.watch = watch
        state.interest = interest
        watch.ask(for: interest)
    }
}
