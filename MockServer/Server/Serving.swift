/// A client's connection as the server keeps it: over a socket, or in memory.
protocol Serving: AnyObject, Sendable {
    /// Ends whatever is going on, at once.
    func stop()
}
