extension Connection {
    /// What a server tells of its connections while it happens.
    package enum Change: Sendable {
        /// The request was read.
        case came
        /// A step was reached, something was written, or it fell silent or goes on.
        case moved
        /// The answer has ended.
        case ended
    }

    package typealias Observer = @Sendable (Connection, Change) -> Void

    /// Whether it is answered besides the scripts: not counted, and in no journal.
    var isAside: Bool { number == 0 }
}
