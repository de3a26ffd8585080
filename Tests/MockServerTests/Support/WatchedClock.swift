import Locking
import MockServer

/// A clock that stands still, and tells whenever it is read.
final class WatchedClock: Clock {
    private let watcher = Protected<@Sendable () -> Void>({})

    var now: ManualClock.Instant {
        let watcher = watcher.withLock { $0 }
        watcher()
        return ManualClock.Instant(offset: .zero)
    }

    var minimumResolution: Duration { .zero }

    /// Calls back for every reading from now on.
    func watch(_ body: @escaping @Sendable () -> Void) {
        watcher.withLock { $0 = body }
    }

    func sleep(until deadline: ManualClock.Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
    }
}
