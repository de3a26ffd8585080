public import Foundation

extension MockServerError: LocalizedError {
    /// The whole explanation, which is what `localizedDescription` returns.
    public var errorDescription: String? { description }
}
