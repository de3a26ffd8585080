public import Foundation

extension ServerSentEvent {
    /// Decodes the event's data, a JSON text.
    ///
    /// ```swift
    /// for try await event in stream.events(ofType: "price") {
    ///     let price = try event.decode(Price.self)
    ///     print(price.symbol, price.amount, event.lastEventID)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - type: The type to decode.
    ///   - decoder: The decoder; give one that is kept if there are many events.
    /// - Returns: The value.
    /// - Throws: An ``EventStreamError`` with the code ``EventStreamError/Code/decodingFailed``.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, using decoder: JSONDecoder = JSONDecoder()
    ) throws(EventStreamError) -> Value {
        do {
            return try decoder.decode(type, from: Data(data.utf8))
        } catch {
            throw .decodingFailed(self, as: type, error)
        }
    }
}
