/// Why an answer in memory failed, as a client would see it on a socket.
enum MemoryFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The server was stopped.
    case refused
    /// The server closed the connection before the answer was complete.
    case closed
    /// The server reset the connection.
    case reset
    /// The answer is no HTTP.
    case malformed(String)

    var description: String {
        switch self {
        case .refused: "The connection was refused: the mock server was stopped."
        case .closed: "The connection was closed before the answer was complete."
        case .reset: "The connection was reset."
        case .malformed(let text): "The answer is malformed: \(text)."
        }
    }
}
