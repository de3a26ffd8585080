import Chaos
import Locking
import MockServer

/// The connections that a server has answered, and with which faults.
final class Served: Sendable {
    private let state = Protected((going: [Connection](), faults: Set<Fault>()))

    var faults: Set<Fault> { state.withLock { $0.faults } }

    func note(_ connection: Connection, _ fault: Fault?) {
        state.withLock { state in
            state.going.append(connection)
            if let fault { state.faults.insert(fault) }
        }
    }

    /// Waits until the server has noted the end of every answer so far.
    func settled() async throws {
        for connection in state.withLock({ $0.going }) { try await connection.ended() }
        state.withLock { $0.going = [] }
    }
}
