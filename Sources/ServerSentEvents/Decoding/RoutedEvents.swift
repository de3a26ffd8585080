extension AsyncSequence where Element == ServerSentEvent, Failure == EventStreamError {
    /// What a router makes of the events, as they come.
    ///
    /// ```swift
    /// let router = EventRouter<Double>().on("price") { (price: Price) in price.amount }
    /// for try await amount in stream.route(router) { print(amount) }
    /// ```
    ///
    /// An event that cannot be decoded, or whose type is unknown to a router that throws for these,
    /// is an error, but not the end: the iterator's next call goes on with the event after it.
    ///
    /// - Parameter router: What becomes of each type of event.
    /// - Returns: The sequence; it connects, reconnects and ends as this one.
    public func route<Output>(_ router: EventRouter<Output>) -> RoutedEvents<Self, Output> {
        RoutedEvents(base: self, router: router)
    }
}

/// What a router makes of the events of a sequence.
///
/// ```swift
/// let router = EventRouter<Double>().on("price") { (price: Price) in price.amount }
/// for try await amount in stream.route(router) { print(amount) }
/// ```
public struct RoutedEvents<Base: AsyncSequence, Output>: AsyncSequence
where Base.Element == ServerSentEvent, Base.Failure == EventStreamError {
    /// What the router makes of an event.
    public typealias Element = Output

    /// Why nothing becomes of an event, or the events ended for good.
    public typealias Failure = EventStreamError

    let base: Base
    let router: EventRouter<Output>

    /// An iterator over the values.
    ///
    /// - Returns: The iterator, which owns one of the base sequence.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), router: router)
    }

    /// The iterator of ``RoutedEvents``, which goes on after an event that is an error.
    ///
    /// ```swift
    /// let router = EventRouter<Double>().on("price") { (price: Price) in price.amount }
    /// var amounts = stream.route(router).makeAsyncIterator()
    /// let first = try await amounts.next()
    /// ```
    public struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let router: EventRouter<Output>

        /// What becomes of the next event that is not skipped.
        ///
        /// After an error with the code ``EventStreamError/Code/decodingFailed`` or
        /// ``EventStreamError/Code/unknownType``, the next call goes on with the following event;
        /// after any other, it returns `nil`.
        ///
        /// - Parameter actor: The caller's actor, where this runs.
        /// - Returns: The value, or `nil` at the end or in a cancelled task.
        /// - Throws: An ``EventStreamError`` if nothing can be made of the event, or the base sequence
        ///   failed.
        public mutating func next(
            isolation actor: (any Actor)? = #isolation
        ) async throws(EventStreamError) -> Output? {
            while let event = try await base.next(isolation: #isolation) {
                if let output = try router.output(for: event) { return output }
            }
            return nil
        }
    }
}

extension RoutedEvents: Sendable where Base: Sendable {}
