import Foundation
import Synchronization

/// Watches resident memory from a thread of its own.
final class PeakMemory: Sendable {
    private let peak = Mutex(0.0)
    private let isOver = Mutex(false)

    init() {
        Thread.detachNewThread { [self] in
            while !isOver.withLock({ $0 }) {
                let now = Usage.memory
                peak.withLock { $0 = max($0, now) }
                usleep(5000)
            }
        }
    }

    /// The most that was seen, in bytes; the watch is over.
    func stop() -> Double {
        isOver.withLock { $0 = true }
        let now = Usage.memory
        return peak.withLock { max($0, now) }
    }
}
