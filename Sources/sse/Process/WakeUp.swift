import Foundation
import Locking

/// Wakes every thread that waits in `poll`, once and for good.
///
/// A pipe whose write end is closed: that makes its read end ready for all, and it stays so.
final class WakeUp: Sendable {
    /// What to poll for input; -1, which `poll` skips, if the process is out of descriptors.
    let descriptor: Int32

    private let writeEnd: Protected<Int32>

    init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        descriptor = ends[0]
        writeEnd = Protected(ends[1])
    }

    func wake() {
        let end = writeEnd.withLock { end in
            defer { end = -1 }
            return end
        }
        if end >= 0 { close(end) }
    }

    deinit {
        wake()
        if descriptor >= 0 { close(descriptor) }
    }
}
