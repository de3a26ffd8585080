#if canImport(FoundationNetworking)
    import Foundation

    /// An operation queue that runs each block at once, where it is added.
    ///
    /// FoundationNetworking adds a block for each read of the network. A queue that runs them later
    /// grows without bound while the network is faster than it, as nothing slows the network down.
    /// Run inline, the callbacks hold up all sessions of the process: they must be short, and never
    /// wait for a task.
    final class InlineQueue: OperationQueue, @unchecked Sendable {
        // Sendable as its superclass is, to which it adds no state.

        override func addOperation(_ block: @escaping @Sendable () -> Void) {
            block()
        }
    }
#endif
