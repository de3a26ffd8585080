extension EventSource {
    /// The answer of each connection that was opened: the browser's `onopen`.
    ///
    /// The newest 256 are kept for a listener that falls behind.
    public var opens: Signals<ResponseHead> {
        Signals(enrolment: Enrolment(self, .opens, .dropOldest())) { happening in
            if case .opened(let head) = happening { head } else { nil }
        }
    }

    /// Why each connection was lost or not made, whether or not another follows: the browser's
    /// `onerror`.
    ///
    /// After the last error, with which the source has failed for good, ``readyState`` is
    /// ``ReadyState/closed``. Of a source that has failed already, it is the only one to come. The
    /// newest 256 are kept for a listener that falls behind.
    public var errors: Signals<EventStreamError> {
        Signals(enrolment: Enrolment(self, .errors, .dropOldest())) { happening in
            if case .failed(let error) = happening { error } else { nil }
        }
    }

    /// The current state, and then each change of it.
    ///
    /// Only the newest is kept for a listener that falls behind. The last is ``ReadyState/closed``.
    public var readyStates: Signals<ReadyState> {
        Signals(enrolment: Enrolment(self, .readyStates, .dropOldest(limit: 1))) { happening in
            if case .changed(let state) = happening { state } else { nil }
        }
    }

    /// What happens to the connection of a source, for one listener.
    ///
    /// ```swift
    /// for await error in source.errors { print(error, source.readyState) }
    /// ```
    ///
    /// It ends when the source is closed, never with an error. A listener joins and leaves as with
    /// ``Events``.
    public struct Signals<Element: Sendable>: AsyncSequence, Sendable {
        /// It cannot fail.
        public typealias Failure = Never

        let enrolment: Enrolment
        let pick: @Sendable (Happening) -> Element?

        /// An iterator: the first goes on from where the sequence was made.
        ///
        /// - Returns: The iterator; the listener leaves when it is dropped.
        public func makeAsyncIterator() -> Iterator {
            Iterator(listener: enrolment.listener(), pick: pick)
        }

        /// The iterator of one listener's signals.
        ///
        /// ```swift
        /// var states = source.readyStates.makeAsyncIterator()
        /// let current = await states.next()
        /// ```
        public struct Iterator: AsyncIteratorProtocol {
            let listener: Listener
            let pick: @Sendable (Happening) -> Element?

            /// The next signal, as soon as there is one.
            ///
            /// - Parameter actor: The caller's actor, where this runs.
            /// - Returns: The signal, or `nil` if the source is closed or the task is cancelled.
            public mutating func next(
                isolation actor: (any Actor)? = #isolation
            ) async -> Element? {
                while case .success(let happening?) = await listener.next() {
                    if let element = pick(happening) { return element }
                }
                return nil
            }
        }
    }
}
