import Locking
@testable import ServerSentEvents

/// Reins that remember how they were pulled.
final class RecordingReins: TransportConnection {
    enum Pull: Equatable {
        case pause
        case resume
        case close
    }

    private let state = Protected<[Pull]>([])
    private let onPull: @Sendable (Pull) -> Void

    init(onPull: @escaping @Sendable (Pull) -> Void = { _ in }) {
        self.onPull = onPull
    }

    var pulls: [Pull] { state.withLock { $0 } }

    func pause() { record(.pause) }
    func resume() { record(.resume) }
    func close() { record(.close) }

    private func record(_ pull: Pull) {
        state.withLock { $0.append(pull) }
        onPull(pull)
    }
}
