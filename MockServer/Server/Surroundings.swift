import Synchronization

/// What all connections of one server share.
struct Surroundings: Sendable {
    /// Why no wait makes sense any more.
    enum Interruption: Sendable {
        case invalidScript(Issue)
        case stopped
    }

    let clock: any Clock<Duration>
    let waitLimit: Duration
    let gates = Gates()
    let interruption = Promise<Interruption>()
}

/// The gates of one server: closed until they are opened, then open for good.
final class Gates: Sendable {
    private let gates = Mutex<[String: Promise<Void>]>([:])

    /// A gate, which may be asked for before or after it was opened.
    ///
    /// - Parameter name: The gate's name.
    subscript(name: String) -> Promise<Void> {
        gates.withLock { gates in
            if let gate = gates[name] { return gate }
            let gate = Promise<Void>()
            gates[name] = gate
            return gate
        }
    }
}
