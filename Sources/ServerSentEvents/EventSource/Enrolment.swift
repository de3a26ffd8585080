import Locking

/// What a sequence has joined its source with.
///
/// The listener that joined is handed on to the first iterator, so that it leaves with that; every
/// other iterator joins when it is made.
final class Enrolment: Sendable {
    private let source: EventSource
    private let interest: Interest
    private let buffering: EventSource.Buffering
    private let first: Protected<Listener?>
    let drops = DropCount()

    init(_ source: EventSource, _ interest: Interest, _ buffering: EventSource.Buffering) {
        self.source = source
        self.interest = interest
        self.buffering = buffering
        first = Protected(Listener(source, interest, buffering, drops))
    }

    /// The listener of the next iterator.
    func listener() -> Listener {
        first.withLock { $0.take() } ?? Listener(source, interest, buffering, drops)
    }
}
