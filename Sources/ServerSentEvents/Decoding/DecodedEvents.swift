public import Foundation

extension AsyncSequence where Element == ServerSentEvent, Failure == EventStreamError {
    /// The values whose JSON the events' data are, decoded as they come.
    ///
    /// ```swift
    /// for try await price in stream.events(ofType: "price").decode(Price.self) {
    ///     print(price.symbol, price.amount)
    /// }
    /// ```
    ///
    /// An event that cannot be decoded is an error with the code
    /// ``EventStreamError/Code/decodingFailed``, but not the end: the iterator's next call goes on
    /// with the event after it.
    ///
    /// - Parameters:
    ///   - type: The type to decode.
    ///   - decoder: The decoder of all events.
    /// - Returns: The sequence; it connects, reconnects and ends as this one.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, using decoder: JSONDecoder = JSONDecoder()
    ) -> DecodedEvents<Self, Value> {
        DecodedEvents(base: self, decoder: decoder)
    }
}

/// The values that the events of a sequence carry as JSON.
///
/// ```swift
/// for try await price in stream.decode(Price.self) {
///     print(price.symbol, price.amount)
/// }
/// ```
public struct DecodedEvents<Base: AsyncSequence, Value: Decodable>: AsyncSequence
where Base.Element == ServerSentEvent, Base.Failure == EventStreamError {
    /// A decoded value.
    public typealias Element = Value

    /// Why an event has no value, or the events ended for good.
    public typealias Failure = EventStreamError

    let base: Base
    let decoder: JSONDecoder

    /// An iterator over the values.
    ///
    /// - Returns: The iterator, which owns one of the base sequence.
    public func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), decoder: decoder)
    }

    /// The iterator of ``DecodedEvents``, which goes on after an event that cannot be decoded.
    ///
    /// ```swift
    /// var prices = stream.decode(Price.self).makeAsyncIterator()
    /// let first = try await prices.next()
    /// ```
    public struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let decoder: JSONDecoder

        /// The value of the next event.
        ///
        /// After an error with the code ``EventStreamError/Code/decodingFailed``, the next call goes
        /// on with the following event; after any other, it returns `nil`.
        ///
        /// - Parameter actor: The caller's actor, where this runs.
        /// - Returns: The value, or `nil` at the end or in a cancelled task.
        /// - Throws: An ``EventStreamError`` if the event cannot be decoded, or the base sequence
        ///   failed.
        public mutating func next(
            isolation actor: (any Actor)? = #isolation
        ) async throws(EventStreamError) -> Value? {
            guard let event = try await base.next(isolation: #isolation) else { return nil }
            return try event.decode(Value.self, using: decoder)
        }
    }
}

extension DecodedEvents: Sendable where Base: Sendable {}
