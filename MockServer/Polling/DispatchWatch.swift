import Dispatch
import Locking

/// One descriptor that Dispatch watches.
final class DispatchWatch: Watch {
    private struct State {
        var reading: (any DispatchSourceRead)?
        var writing: (any DispatchSourceWrite)?
        /// What is asked for; a source that is not asked for is suspended.
        var interest: Readiness = []
        /// How many sources the system may still look at.
        var count = 2
        var onCancelled: (@Sendable () -> Void)?
    }

    private let state = Protected(State())

    init(
        _ descriptor: Int32, queue: DispatchQueue,
        handler: @escaping @Sendable (Readiness) -> Void
    ) {
        // Made under the lock, as a source is not Sendable: the state owns it from the start. They
        // hold this watch until they are cancelled.
        state.withLock { state in
            let reading = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
            reading.setEventHandler { handler(.reading) }
            reading.setCancelHandler { self.sourceEnded() }
            state.reading = reading
            let writing = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
            writing.setEventHandler { handler(.writing) }
            writing.setCancelHandler { self.sourceEnded() }
            state.writing = writing
        }
    }

    func ask(for new: Readiness) {
        state.withLock { state in
            guard state.onCancelled == nil else { return }
            let begun = new.subtracting(state.interest)
            let ended = state.interest.subtracting(new)
            state.interest = new
            if begun.contains(.reading) { state.reading?.resume() }
            if ended.contains(.reading) { state.reading?.suspend() }
            if begun.contains(.writing) { state.writing?.resume() }
            if ended.contains(.writing) { state.writing?.suspend() }
        }
    }

    func cancel(_ onCancelled: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.onCancelled = onCancelled
            state.reading?.cancel()
            state.writing?.cancel()
            // A suspended source never runs its cancel handler.
            if !state.interest.contains(.reading) { state.reading?.resume() }
            if !state.interest.contains(.writing) { state.writing?.resume() }
        }
    }

    private func sourceEnded() {
        let onCancelled = state.withLock { state in
            state.count -= 1
            return state.count == 0 ? state.onCancelled : nil
        }
        onCancelled?()
    }
}
