public import Synchronization

/// A value under a lock, in a way that the thread sanitizer understands.
///
/// On Linux a contended `Mutex` is handed from one thread to the next by the kernel
/// (`FUTEX_UNLOCK_PI`), which the sanitizer cannot see: it reports a race wherever two threads met
/// (Swift 6.3.1; eight threads that append to one `Mutex<[Int]>` are enough). The atomic below tells
/// it the same order once more, for the price of a plain load and store.
public struct Protected<Value: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline
    let mutex: Mutex<Value>
    @usableFromInline
    let handOver = Atomic(false)

    /// Puts a value under a lock.
    ///
    /// - Parameter value: The value.
    @inlinable
    public init(_ value: consuming sending Value) {
        mutex = Mutex(value)
    }

    /// Runs a body that has the value to itself.
    ///
    /// - Parameter body: What reads or changes the value; it must not wait, nor resume anybody.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    @inlinable
    public borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try mutex.withLock { value throws(Failure) in
            _ = handOver.load(ordering: .acquiring)
            defer { handOver.store(true, ordering: .releasing) }
            return try body(&value)
        }
    }
}
