extension EventSource {
    /// The events without a name, type `message`: the browser's `onmessage`.
    public var messages: Events { messages(buffering: .dropOldest()) }

    /// The events of every type.
    public var events: Events { events(buffering: .dropOldest()) }

    /// The events without a name, with a policy for a listener that falls behind.
    ///
    /// - Parameter buffering: How many are kept, and what happens beyond.
    /// - Returns: A listener's sequence.
    public func messages(buffering: Buffering) -> Events {
        events(ofType: "message", buffering: buffering)
    }

    /// The events of every type, with a policy for a listener that falls behind.
    ///
    /// - Parameter buffering: How many are kept, and what happens beyond.
    /// - Returns: A listener's sequence.
    public func events(buffering: Buffering) -> Events {
        Events(enrolment: Enrolment(self, .events(ofType: nil), buffering))
    }

    /// The events of one type: the browser's `addEventListener`.
    ///
    /// - Parameters:
    ///   - type: The name in the server's `event` field, compared byte by byte.
    ///   - buffering: How many are kept, and what happens beyond.
    /// - Returns: A listener's sequence.
    public func events(ofType type: String, buffering: Buffering = .dropOldest()) -> Events {
        Events(enrolment: Enrolment(self, .events(ofType: type), buffering))
    }

    /// Events of a source, for one listener.
    ///
    /// ```swift
    /// let prices = source.events(ofType: "price", buffering: .dropOldest(limit: 10))
    /// for try await price in prices {
    ///     print(price.data, "dropped so far:", prices.droppedCount)
    /// }
    /// ```
    ///
    /// Making the sequence is joining: what comes before its first iteration waits. The first
    /// iterator goes on from there, and every other one is a listener of its own, from when it is
    /// made. A listener leaves when its iterator is dropped, at the end of the loop, or its task is
    /// cancelled.
    public struct Events: AsyncSequence, Sendable {
        /// An event of the source.
        public typealias Element = ServerSentEvent

        /// Why a source failed for good.
        public typealias Failure = EventStreamError

        let enrolment: Enrolment

        /// How many events were dropped because this sequence's iterators were behind; 0 with
        /// ``Buffering/slow(limit:bytes:)``.
        public var droppedCount: Int { enrolment.drops.current }

        /// An iterator: the first goes on from where the sequence was made.
        ///
        /// - Returns: The iterator; the listener leaves when it is dropped.
        public func makeAsyncIterator() -> Iterator {
            Iterator(listener: enrolment.listener())
        }

        /// The iterator of one listener's events.
        ///
        /// ```swift
        /// var events = source.events.makeAsyncIterator()
        /// let first = try await events.next()
        /// ```
        public struct Iterator: AsyncIteratorProtocol {
            let listener: Listener

            /// The next event, as soon as there is one.
            ///
            /// - Parameter actor: The caller's actor, where this runs.
            /// - Returns: The event, or `nil` if the source is closed or the task is cancelled.
            /// - Throws: An ``EventStreamError``, once, if the source failed for good.
            public mutating func next(
                isolation actor: (any Actor)? = #isolation
            ) async throws(EventStreamError) -> ServerSentEvent? {
                while let happening = try await listener.next().get() {
                    if case .event(let event) = happening { return event }
                }
                return nil
            }
        }
    }
}
