/// One place among the listeners of a source, which it keeps alive; who drops it has left.
final class Listener: Sendable {
    private let source: EventSource
    private let id: Int

    init(
        _ source: EventSource, _ interest: Interest, _ buffering: EventSource.Buffering,
        _ drops: DropCount
    ) {
        self.source = source
        id = source.hub.join(interest, buffering, drops)
    }

    deinit {
        source.hub.leave(id)
    }

    func next() async -> Result<Happening?, EventStreamError> {
        await source.hub.next(for: id)
    }
}
