import Locking

/// The way of an answer from its transport to the stream that asked for it, with flow control.
///
/// A transport calls, from any one thread at a time: ``receive(_:)-(ResponseHead)`` once,
/// ``receive(_:)-([UInt8])`` for each piece of the body, ``finish(failing:)`` once. Every call
/// returns at once. What comes after the end, or after the stream has closed the connection, is
/// ignored.
///
/// ```swift
/// channel.receive(ResponseHead(status: 200, headers: ["Content-Type": "text/event-stream"]))
/// channel.receive(Array("data: hello\n\n".utf8))
/// channel.finish()
/// ```
public final class ResponseChannel: Sendable {
    let state: Protected<StateMachine>
    let limits: FlowControl.Limits
    private let time: TimeSource

    init(limits: FlowControl.Limits, time: TimeSource) {
        state = Protected(StateMachine(limits: limits))
        self.limits = limits
        self.time = time
    }

    // MARK: The transport's side

    /// Hands over the status and the header fields.
    ///
    /// - Parameter head: The head of the final answer, not of an informational one.
    public func receive(_ head: ResponseHead) {
        let now = time.now()
        perform(state.withLock { $0.received(head, at: now) })
    }

    /// Hands over the next bytes of the body, without copying them.
    ///
    /// - Parameter chunk: The bytes as they came, wherever they were split.
    public func receive(_ chunk: [UInt8]) {
        _ = take(chunk)
    }

    /// Does what `receive` does, and returns what `wantsPause` is then, under one lock.
    func take(_ chunk: [UInt8]) -> Bool {
        guard !chunk.isEmpty else { return wantsPause }
        let now = time.now()
        let (action, wantsPause) = state.withLock { ($0.received(chunk, at: now), $0.wantsPause) }
        perform(action)
        return wantsPause
    }

    /// Says that no more will come.
    ///
    /// - Parameter error: Why the connection failed; `nil` if the body is complete. Before the head, an
    ///   ``EventStreamError`` is the stream's own: with ``EventStreamError/Code/invalidRequest``, for
    ///   one, the stream does not try again.
    public func finish(failing error: (any Error)? = nil) {
        let now = time.now()
        let end = error.map { ResponseEnd.failed($0) } ?? .complete
        perform(state.withLock { $0.ended(end, at: now) })
    }

    /// Whether the connection should not be reading just now: what `pause` and `resume` say, for a
    /// transport that can ask before it reads.
    package var wantsPause: Bool { state.withLock { $0.wantsPause } }

    // MARK: The stream's side

    /// Takes the reins of the connection; it is closed at once if nobody wants it any more.
    func attach(_ connection: any TransportConnection) {
        let now = time.now()
        perform(state.withLock { $0.attached(connection, at: now) })
    }

    /// Whatever comes next; `nil` once the channel is closed, or the task is cancelled.
    func next() async -> Part? {
        let now = time.now()
        switch state.withLock({ $0.asked(at: now) }) {
        case .deliver(let part, let signal):
            tell(signal)
            return part
        case .wait(let signal):
            tell(signal)
        case .end:
            return nil
        }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                perform(state.withLock { $0.waits(continuation, at: now) })
            }
        } onCancel: {
            close()
        }
    }

    /// Closes the connection, whatever it is doing.
    func close() {
        perform(state.withLock { $0.closed() })
    }

    /// Closes the connection as if it had been lost just now: what has come is delivered.
    func interrupt() {
        let now = time.now()
        perform(state.withLock { $0.cut(.interrupted, at: now) })
    }

    // MARK: The watch's side

    /// Ends the answer if the network has been silent for so long.
    ///
    /// Returns after which time it has to be asked again; `nil` once the answer is over.
    func watch(limit: Duration) -> Duration? {
        let now = time.now()
        switch state.withLock({ $0.watched(at: now, limit: limit) }) {
        case .sleep(let remaining):
            return remaining
        case .end(let action):
            perform(action)
            return nil
        }
    }

    /// Ends the answer, which has taken too long.
    func timeOut() {
        let now = time.now()
        perform(state.withLock { $0.cut(.timedOut, at: now) })
    }

    /// Ends the answer if its head has not come.
    func timeOutHead() {
        let now = time.now()
        perform(state.withLock { $0.headTimedOut(at: now) })
    }

    // MARK: Acting after unlocking

    private func perform(_ action: StateMachine.Action) {
        if let (waiter, part) = action.resume { waiter.resume(returning: part) }
        tell(action.signal)
    }

    /// One thread at a time tells the connection to pause, resume or close, and asks again
    /// afterwards, so that two signals can never overtake each other.
    private func tell(_ first: FlowControl.Signal?) {
        var next = first
        while let signal = next {
            switch signal {
            case .pause(let connection): connection.pause()
            case .resume(let connection): connection.resume()
            case .close(let connection): connection.close()
            }
            next = state.withLock { $0.told() }
        }
    }
}
