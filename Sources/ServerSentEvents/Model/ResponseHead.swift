/// The status and the header fields of a server's answer.
///
/// ```swift
/// if case .open(let head) = update {
///     print(head.status, head.headers["x-request-id"] ?? "-")
/// }
/// ```
public struct ResponseHead: Sendable, Hashable {
    /// The status code, such as 200.
    public var status: Int

    /// The header fields.
    public var headers: HeaderFields

    /// Creates a head, for transports of one's own.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: The header fields.
    public init(status: Int, headers: HeaderFields = [:]) {
        self.status = status
        self.headers = headers
    }
}
