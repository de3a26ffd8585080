extension EventStream {
    /// All that happens on the stream's connections, in order with its events.
    ///
    /// ```swift
    /// for try await update in stream.updates {
    ///     switch update {
    ///     case .event(let event): show(event)
    ///     case .disconnected(let disconnect): showReconnecting(in: disconnect.retryAfter)
    ///     default: break
    ///     }
    /// }
    /// ```
    ///
    /// It is iterated instead of the stream, with a connection of its own.
    public var updates: Updates { Updates(stream: self) }

    /// One happening on a stream's connections.
    ///
    /// ```swift
    /// switch update {
    /// case .open(let head): print("open, status", head.status)
    /// case .event(let event): show(event)
    /// default: break  // more may be added
    /// }
    /// ```
    public enum Update: Sendable {
        /// A request is being sent; `attempt` counts from 1 after every healthy connection.
        case connecting(attempt: Int)

        /// The server accepted the request: events will come.
        case open(ResponseHead)

        /// The server dispatched an event.
        case event(ServerSentEvent)

        /// The server sent a comment, often to keep the connection alive; without its colon.
        case comment(String)

        /// The connection is over, and another one will be made.
        case disconnected(Disconnect)

        /// The transport does not work as it should, in a way that the stream survives: a sentence
        /// for logs, once in the life of the process.
        case diagnostic(String)
    }

    /// Why a connection is over, and when the next one is made.
    ///
    /// ```swift
    /// if case .disconnected(let disconnect) = update {
    ///     print(disconnect.reason, "next attempt in", disconnect.retryAfter)
    /// }
    /// ```
    public struct Disconnect: Sendable {
        /// What ended the connection: what the stream would throw if it gave up now.
        public var reason: EventStreamError

        /// The time until the next connection.
        public var retryAfter: Duration

        /// Creates a disconnect, for tests of code that takes one.
        ///
        /// - Parameters:
        ///   - reason: What ended the connection.
        ///   - retryAfter: The time until the next connection.
        public init(reason: EventStreamError, retryAfter: Duration) {
            self.reason = reason
            self.retryAfter = retryAfter
        }
    }

    /// A stream's updates, as an asynchronous sequence.
    ///
    /// ```swift
    /// for try await update in EventStream(url: url).updates { print(update) }
    /// ```
    public struct Updates: AsyncSequence, Sendable {
        /// One happening.
        public typealias Element = Update

        /// Why a stream ended for good.
        public typealias Failure = EventStreamError

        let stream: EventStream

        /// An iterator, which connects when it is first asked for an update.
        ///
        /// - Returns: The iterator; the connection is closed when it is dropped.
        public func makeAsyncIterator() -> Iterator {
            Iterator(driver: Driver(stream, reportsUpdates: true))
        }

        /// The iterator of a stream's updates, which owns a connection.
        ///
        /// ```swift
        /// var updates = stream.updates.makeAsyncIterator()
        /// let first = try await updates.next()  // .connecting(attempt: 1)
        /// ```
        public struct Iterator: AsyncIteratorProtocol {
            var driver: Driver

            /// The next update.
            ///
            /// - Parameter actor: The caller's actor, where this runs.
            /// - Returns: The update, or `nil` if the stream has ended or the task is cancelled.
            /// - Throws: An ``EventStreamError`` if the stream failed for good.
            public mutating func next(
                isolation actor: (any Actor)? = #isolation
            ) async throws(EventStreamError) -> Update? {
                try await driver.nextUpdate()
            }
        }
    }
}
