public import Foundation

extension EventStreamError: LocalizedError {
    /// The message, which is what `localizedDescription` returns.
    public var errorDescription: String? { message }
}
