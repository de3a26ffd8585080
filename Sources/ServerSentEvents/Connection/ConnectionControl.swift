import Locking

/// Pauses the streams that it is given to, and has them connect again at once.
///
/// ```swift
/// let control = ConnectionControl()
/// configuration.control = control
/// let stream = EventStream(url: url, configuration: configuration)
///
/// control.pause()         // the app goes to the background: the connection is closed
/// control.resume()        // it is back: the stream resumes from the last event ID
/// control.reconnectNow()  // the network has changed: waiting on, or a dead connection, is of no use
/// ```
///
/// The loop over the stream notices nothing but the time that passes: what has come is delivered, and
/// what comes later follows from the last event ID. One control may steer several streams. A stream
/// that may not connect again (``ReconnectionPolicy/never``) cannot be steered: it ignores its control.
public final class ConnectionControl: Sendable {
    private struct State {
        var isPaused = false
        /// How often anything was asked for.
        var generation = 0
        var nextID = 0
        var channels: [ObjectIdentifier: ResponseChannel] = [:]
        var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Protected(State())

    /// Creates a control that pauses nothing.
    public init() {}

    /// Whether the streams are paused.
    public var isPaused: Bool { state.withLock { $0.isPaused } }

    /// Closes the connections, until ``resume()``.
    ///
    /// A stream that is iterated now only waits.
    public func pause() {
        change { state in
            state.isPaused = true
            return true
        }
    }

    /// Has paused streams connect at once, from their last event IDs.
    ///
    /// It does nothing if the streams are not paused.
    public func resume() {
        change { state in
            defer { state.isPaused = false }
            return state.isPaused
        }
    }

    /// Has each stream connect anew without a delay, whether it waits or has a connection, from its
    /// last event ID.
    ///
    /// Call it when the network has changed, or when a user asks for it. Paused streams stay paused.
    public func reconnectNow() {
        change { _ in true }
    }

    /// Ends all that goes on, unless the body says that nothing has changed.
    private func change(_ body: (inout State) -> Bool) {
        let (channels, waiting) = state.withLock { state in
            guard body(&state) else {
                return ([ResponseChannel](), [AsyncStream<Void>.Continuation]())
            }
            state.generation += 1
            defer { state.waiting = [:] }
            return (Array(state.channels.values), Array(state.waiting.values))
        }
        for channel in channels { channel.interrupt() }
        for signal in waiting { signal.yield() }
    }

    // MARK: The stream's side

    /// How many connections there are to close.
    var connections: Int { state.withLock { $0.channels.count } }

    /// How many streams wait to connect.
    var waitingStreams: Int { state.withLock { $0.waiting.count } }

    /// Has a connection closed when that is asked for.
    ///
    /// - Parameters:
    ///   - channel: The connection's channel.
    ///   - generation: What `permission()` returned for it.
    func watch(_ channel: ResponseChannel, since generation: Int) {
        let isOutdated = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.generation != generation
        }
        if isOutdated { channel.interrupt() }
    }

    /// Ends what `watch` began.
    func forget(_ channel: ResponseChannel) {
        state.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// Waits until streams may connect.
    ///
    /// - Returns: The generation in which they may; `nil` if the task was cancelled.
    func permission() async -> Int? {
        while !Task.isCancelled {
            let (isPaused, generation) = state.withLock { ($0.isPaused, $0.generation) }
            guard isPaused else { return generation }
            _ = await isAsked(since: generation)
        }
        return nil
    }

    /// Waits, until the wait is over or anything is asked for.
    ///
    /// - Parameters:
    ///   - generation: What `permission()` returned last.
    ///   - wait: Waits, and returns false if the task was cancelled.
    /// - Returns: Whether to go on; the task was cancelled otherwise.
    func wait(
        since generation: Int, _ wait: @escaping @Sendable () async -> Bool
    ) async -> Bool {
        guard state.withLock({ $0.generation == generation }) else { return !Task.isCancelled }
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask { await wait() }
            group.addTask { await self.isAsked(since: generation) }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    /// Waits until anything is asked for; false if the task was cancelled first.
    private func isAsked(since generation: Int) async -> Bool {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        let id = state.withLock { state -> Int? in
            guard state.generation == generation else { return nil }
            state.nextID += 1
            state.waiting[state.nextID] = signal
            return state.nextID
        }
        guard let id else { return true }
        defer { state.withLock { _ = $0.waiting.removeValue(forKey: id) } }
        for await _ in signals { return true }
        return false
    }
}
