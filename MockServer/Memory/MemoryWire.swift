import Locking
import ServerSentEvents

/// A connection without a socket: what is written is decoded at once, and each write is one chunk.
final class MemoryWire: Wire {
    /// How far the client is.
    enum Client {
        /// It wants more.
        case reading
        /// Its answer is complete: it takes whatever comes, as on a socket, and nobody reads that.
        case satisfied
        /// It left, or the answer failed.
        case gone
    }

    private enum Item {
        case output(ResponseDecoder.Output)
        case end
        case reset
    }

    private struct State {
        var decoder: ResponseDecoder
        /// Let go of at the end, as the journal keeps this wire.
        var channel: ResponseChannel?
        /// What is to be delivered, by one thread at a time.
        var items: [Item] = []
        var isDelivering = false
        var isPaused = false
        var isWritingFinished = false
        /// A reset is to come, and nothing before it.
        var isBeingReset = false
        var client = Client.reading
        var room: Promise<Void>?
        var onEnd: (@Sendable (Bool) -> Void)?
    }

    private let state: Protected<State>

    init(method: String, channel: ResponseChannel) {
        state = Protected(State(decoder: ResponseDecoder(method: method), channel: channel))
    }

    /// Begins.
    ///
    /// - Parameter onEnd: Called when the client needs nothing more, with whether its answer is
    ///   complete, unless it closed before.
    func activate(onEnd: @escaping @Sendable (Bool) -> Void) {
        state.withLock { $0.onEnd = onEnd }
    }

    /// Answers as a port does on which nobody listens.
    func refuse() {
        end(failing: .refused)
    }

    // MARK: The server's side

    /// All that was taken is with the client at once.
    var unacknowledged: Int { 0 }

    func attempt(_ bytes: ArraySlice<UInt8>) -> WireAttempt {
        let attempt: WireAttempt = state.withLock { state in
            if state.isWritingFinished || state.isBeingReset { return .gone }
            switch state.client {
            case .reading: break
            case .satisfied: return .took(bytes.count)
            case .gone: return .gone
            }
            // The thread that tells to resume may be held up, and what is sent meanwhile would not be
            // stopped. Once the channel is to be resumed again that is told after this.
            if state.channel?.wantsPause == true { state.isPaused = true }
            if state.isPaused { return .full }
            state.items += state.decoder.read(bytes).map { .output($0) }
            return .took(bytes.count)
        }
        deliver()
        return attempt
    }

    func room() async throws {
        let promise: Promise<Void>? = state.withLock { state in
            guard state.isPaused, state.client == .reading, !state.isWritingFinished,
                !state.isBeingReset
            else { return nil }
            let promise = state.room ?? Promise()
            state.room = promise
            return promise
        }
        try await promise?.value()
    }

    func finishWriting() {
        finish(.end)
    }

    func closeAfterPeer() {
        finish(.end)
    }

    func beginReset() {
        state.withLock { $0.isBeingReset = true }
    }

    func reset() {
        finish(.reset)
    }

    private func finish(_ item: Item) {
        let room = state.withLock { state -> Promise<Void>? in
            if case .end = item, state.isBeingReset { return nil }
            if !state.isWritingFinished { state.items.append(item) }
            state.isWritingFinished = true
            defer { state.room = nil }
            return state.room
        }
        room?.keep()
        deliver()
    }

    // MARK: The client's side

    func pause() {
        state.withLock { $0.isPaused = true }
    }

    func resume() {
        let room = state.withLock { state in
            state.isPaused = false
            defer { state.room = nil }
            return state.room
        }
        room?.keep()
    }

    /// The client closes its side.
    ///
    /// - Returns: How far it was.
    func close() -> Client {
        leave(as: .gone).client
    }

    /// Forgets what is left to do.
    ///
    /// - Parameter client: What becomes of a client that was reading.
    /// - Returns: What was known before.
    private func leave(as client: Client) -> State {
        let before = state.withLock { state in
            defer {
                if state.client == .reading { state.client = client }
                (state.channel, state.room, state.items, state.onEnd) = (nil, nil, [], nil)
            }
            return state
        }
        before.room?.keep()
        return before
    }

    // MARK: Delivering

    /// One thread at a time delivers, and nothing is locked meanwhile: the stream may pause or close
    /// the connection while it takes a chunk.
    private func deliver() {
        while let item = nextItem() {
            let channel = state.withLock { $0.channel }
            switch item {
            case .output(.head(let head)): channel?.receive(head)
            case .output(.body(let bytes)): channel?.receive(bytes)
            case .output(.complete): end(failing: nil)
            case .output(.failed(let failure)): end(failing: failure)
            case .end:
                let outputs = state.withLock { $0.decoder.end() }
                state.withLock { $0.items = outputs.map { .output($0) } + $0.items }
            case .reset: end(failing: .reset)
            }
            state.withLock { $0.isDelivering = false }
        }
    }

    private func nextItem() -> Item? {
        state.withLock { state in
            guard !state.isDelivering, !state.items.isEmpty else { return nil }
            state.isDelivering = true
            return state.items.removeFirst()
        }
    }

    private func end(failing failure: MemoryFailure?) {
        let before = leave(as: failure == nil ? .satisfied : .gone)
        guard before.client == .reading else { return }
        before.channel?.finish(failing: failure)
        before.onEnd?(failure == nil)
    }
}
