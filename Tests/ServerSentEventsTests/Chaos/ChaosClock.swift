import Locking
import MockServer
import ServerSentEvents

/// The time of one stream and its server, on which everything happens at a certain instant.
///
/// Whoever is the only one to act lets the time pass: a script that waits, and a stream that waits to
/// connect again. A script that waits for as long as a timeout waits for the watchdog first, and then
/// for the client to leave.
final class ChaosClock: Sendable {
    let manual = ManualClock()
    private let timeout: Duration
    private let reconnection = Protected<ManualClock.Instant?>(nil)

    init(timeout: Duration) {
        self.timeout = timeout
    }

    var now: Duration { manual.now.offset }

    /// The next sleep of the stream until then is the one before it connects.
    func expectReconnection(after delay: Duration) {
        reconnection.withLock { $0 = manual.now.advanced(by: delay) }
    }

    /// The side of the stream: its watchdogs sleep until the time has passed by itself.
    var forStream: Side {
        Side(manual: manual) { [self] deadline in
            let isReconnection = reconnection.withLock { expected in
                guard expected == deadline else { return false }
                expected = nil
                return true
            }
            guard isReconnection else { return try await manual.sleep(until: deadline) }
            manual.advance(by: manual.now.duration(to: deadline))
        }
    }

    /// The side of the server.
    var forServer: Side {
        Side(manual: manual) { [self] deadline in
            let wait = manual.now.duration(to: deadline)
            guard wait >= timeout else { return manual.advance(by: wait) }
            try await until("a watchdog does not sleep until \(deadline)") {
                manual.deadlines.contains(deadline)
            }
            manual.advance(by: wait)
            try await manual.sleep(until: .init(offset: .seconds(1e9)))
        }
    }

    /// One side's view of the time.
    struct Side: Clock {
        let manual: ManualClock
        let sleep: @Sendable (ManualClock.Instant) async throws -> Void

        var now: ManualClock.Instant { manual.now }
        var minimumResolution: Duration { .zero }

        func sleep(until deadline: ManualClock.Instant, tolerance: Duration?) async throws {
            try Task.checkCancellation()
            try await sleep(deadline)
        }
    }
}
