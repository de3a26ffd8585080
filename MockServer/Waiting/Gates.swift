import Locking

/// The gates of one server: closed until they are opened, then open for good.
final class Gates: Sendable {
    private let gates = Protected<[String: Promise<Void>]>([:])

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
