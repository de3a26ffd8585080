extension AsyncSequence where Element == ServerSentEvent, Failure == EventStreamError {
    /// The events of one type, as they come.
    ///
    /// ```swift
    /// for try await event in stream.events(ofType: "price") {
    ///     print(event.data)
    /// }
    /// ```
    ///
    /// The other events are read and dropped. Types are compared byte by byte. The type of an event without a name is `message`.
    ///
    /// - Parameter type: The type.
    /// - Returns: The sequence; it connects, reconnects and ends as this one.
    @inlinable
    public func events(ofType type: String) -> FilteredEvents<Self> {
        FilteredEvents(self, types: [type])
    }

    /// The events of some types, as they come.
    ///
    /// - Parameter types: The types; of none there are no events.
    /// - Returns: The sequence; it connects, reconnects and ends as this one.
    @inlinable
    public func events(ofTypes types: Set<String>) -> FilteredEvents<Self> {
        FilteredEvents(self, types: Array(types))
    }
}

/// The events of a sequence that have one of some types.
///
/// ```swift
/// for try await event in stream.events(ofTypes: ["price", "alert"]) {
///     print(event.type, event.data)
/// }
/// ```
public struct FilteredEvents<Base: AsyncSequence>: AsyncSequence
where Base.Element == ServerSentEvent, Base.Failure == EventStreamError {
    /// An event.
    public typealias Element = ServerSentEvent

    /// Why the events ended for good.
    public typealias Failure = EventStreamError

    @usableFromInline let base: Base
    /// An array, as there are few: to search one is faster than to hash a string.
    @usableFromInline let types: [String]

    @inlinable
    init(_ base: Base, types: [String]) {
        self.base = base
        self.types = types
    }

    /// An iterator over the events.
    ///
    /// - Returns: The iterator, which owns one of the base sequence.
    @inlinable
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), types: types)
    }

    /// The iterator of ``FilteredEvents``.
    ///
    /// ```swift
    /// var prices = stream.events(ofType: "price").makeAsyncIterator()
    /// let first = try await prices.next()
    /// ```
    public struct Iterator: AsyncIteratorProtocol {
        @usableFromInline var base: Base.AsyncIterator
        @usableFromInline let types: [String]

        @inlinable
        init(base: Base.AsyncIterator, types: [String]) {
            self.base = base
            self.types = types
        }

        /// The next event of one of the types.
        ///
        /// - Parameter actor: The caller's actor, where this runs.
        /// - Returns: The event, or `nil` at the end or in a cancelled task.
        /// - Throws: An ``EventStreamError`` if the base sequence failed.
        @inlinable
        public mutating func next(
            isolation actor: (any Actor)? = #isolation
        ) async throws(EventStreamError) -> ServerSentEvent? {
            while let event = try await base.next(isolation: #isolation) {
                if types.contains(where: { event.type.hasBytes(of: $0) }) { return event }
            }
            return nil
        }
    }
}

extension FilteredEvents: Sendable where Base: Sendable {}
