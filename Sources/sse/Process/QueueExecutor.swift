import Dispatch

/// An executor with a thread to block, so that an actor may wait for a reader of standard output.
///
/// A serial dispatch queue gets a thread of its own however few cores there are; the cooperative
/// pool, on which signals and the network depend, never blocks.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(_ label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
}
