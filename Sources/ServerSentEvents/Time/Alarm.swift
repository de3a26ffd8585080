/// What is to be done once a time has passed, unless it is cancelled before.
enum Alarm {
    case shared(SharedTimer<ContinuousClock>, id: Int)
    case task(Task<Void, Never>)

    /// Leaves it undone, unless its time has come already.
    func cancel() {
        switch self {
        case .shared(let timer, let id): timer.cancel(id)
        case .task(let task): task.cancel()
        }
    }
}
