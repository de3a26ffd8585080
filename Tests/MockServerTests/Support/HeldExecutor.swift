import Dispatch
import Locking

/// Runs the jobs of tasks only when told to, and lets go of them at the end.
final class HeldExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var holds = true
    }

    private let state = Protected(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isHeld = state.withLock { state in
            if state.holds { state.jobs.append(job) }
            return state.holds
        }
        if !isHeld { runLater(job) }
    }

    /// Runs all jobs, and those that come of them, on a thread of its own, until none is left.
    func runAll() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                while let job = self.state.withLock({
                    $0.jobs.isEmpty ? nil : $0.jobs.removeFirst()
                }) {
                    job.runSynchronously(on: self.asUnownedTaskExecutor())
                }
                continuation.resume()
            }
        }
    }

    /// From now on jobs run as they come.
    func letGo() {
        let jobs = state.withLock { state in
            defer { state = State(holds: false) }
            return state.jobs
        }
        for job in jobs { runLater(job) }
    }

    private func runLater(_ job: UnownedJob) {
        DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
