public import Foundation

extension EventStreamError.Response {
    /// Decodes the body, a JSON text.
    ///
    /// ```swift
    /// struct Problem: Decodable { let message: String }
    ///
    /// do {
    ///     for try await event in stream { print(event.data) }
    /// } catch {
    ///     let problem = try error.response?.decode(Problem.self)
    ///     print(problem?.message ?? error.message)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - type: The type to decode.
    ///   - decoder: The decoder.
    /// - Returns: The value.
    /// - Throws: An ``EventStreamError`` with the code ``EventStreamError/Code/decodingFailed`` and
    ///   this response.
    public func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, using decoder: JSONDecoder = JSONDecoder()
    ) throws(EventStreamError) -> Value {
        do {
            return try decoder.decode(type, from: Data(body))
        } catch {
            throw .decodingFailed(self, as: type, error)
        }
    }
}
