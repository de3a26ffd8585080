import Dispatch
import Foundation
import Locking

/// SIGINT and SIGTERM as a request to come to an end.
///
/// The first signal asks; a second one, or two seconds, ends the process whatever it does.
final class Interruption: Sendable {
    private let signal = Protected<Int32?>(nil)
    private let queue = DispatchQueue(label: "sse.signals")

    /// The exit status that the signal demands, if there was one.
    var status: ExitStatus? {
        signal.withLock { $0 }.map { .interrupted(by: $0) }
    }

    /// Runs an operation that a signal can stop; it begins once none can be missed.
    ///
    /// - Parameters:
    ///   - operation: What to run.
    ///   - stop: Stops it; called at most once, on a thread of its own.
    /// - Returns: The operation's result.
    func during<Result>(
        _ operation: () async -> Result, stop: @escaping @Sendable () -> Void
    ) async -> Result {
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [self] in received(number, stop) }
            sources.append(source)
            // Until it watches, a signal ends the process; ignored before, it would be lost.
            await withCheckedContinuation { watching in
                source.setRegistrationHandler {
                    #if !os(Linux)
                        // There Dispatch only watches, and on Linux it handles the signal itself.
                        _ = Foundation.signal(number, SIG_IGN)
                    #endif
                    watching.resume()
                }
                source.resume()
            }
        }
        let result = await operation()
        for source in sources { source.cancel() }
        return result
    }

    private func received(_ number: Int32, _ stop: @escaping @Sendable () -> Void) {
        let status = ExitStatus.interrupted(by: number)
        let isFirst = signal.withLock { signal in
            defer { signal = signal ?? number }
            return signal == nil
        }
        guard isFirst else { Self.leave(status) }
        queue.asyncAfter(deadline: .now() + .seconds(2)) { Self.leave(status) }
        stop()
    }

    /// Ends the process without taking it apart: URLSession's threads still run, and would meet
    /// destroyed globals.
    static func leave(_ status: ExitStatus) -> Never {
        _exit(status.code)
    }
}
