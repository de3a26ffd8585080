import Foundation

/// The clock that all processes of a machine share, in nanoseconds.
enum Ticks {
    static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    static func sleep(until due: Int) {
        let left = due - now
        guard left > 0 else { return }
        var time = timespec(tv_sec: left / 1_000_000_000, tv_nsec: left % 1_000_000_000)
        nanosleep(&time, nil)
    }
}
