/// Tells when descriptors can be read from and written to, as long as that is asked for.
protocol Poller: Sendable {
    /// Begins to watch a descriptor, for nothing at first.
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor.
    ///   - handler: Called on some thread, never by two at a time, and must not block; it may be
    ///     called once more while the watch is being cancelled.
    /// - Returns: The watch.
    func watch(
        _ descriptor: Int32, _ handler: @escaping @Sendable (Readiness) -> Void
    ) -> any Watch
}

/// What a descriptor is ready for; an error or the end of the connection counts as both.
struct Readiness: OptionSet, Sendable {
    let rawValue: UInt8

    static let reading = Readiness(rawValue: 1)
    static let writing = Readiness(rawValue: 2)
}

/// One descriptor that a ``Poller`` watches.
protocol Watch: Sendable {
    /// Changes what the handler is called for: again and again while the descriptor is ready.
    ///
    /// - Parameter interest: What is asked for; nothing turns the watch off for now.
    func ask(for interest: Readiness)

    /// Ends the watch, once.
    ///
    /// - Parameter onCancelled: Called when the descriptor may be closed, perhaps before this returns.
    func cancel(_ onCancelled: @escaping @Sendable () -> Void)
}
