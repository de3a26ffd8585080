import Locking

/// One connection of a stream: closes when it is released, and notices when the server is silent.
final class Connection: Sendable {
    let channel: ResponseChannel

    private let time: TimeSource
    private let control: ConnectionControl?
    private let watchdog = Protected<Task<Void, Never>?>(nil)

    init(channel: ResponseChannel, time: TimeSource, control: ConnectionControl?) {
        self.channel = channel
        self.time = time
        self.control = control
    }

    deinit {
        watchdog.withLock { $0?.cancel() }
        control?.forget(channel)
        channel.close()
    }

    /// What the watchdog does not let last.
    enum Limit {
        /// The time until the head of the answer has come, whether it has been looked at or not.
        case head(Duration)
        /// The time until the watch is replaced.
        case body(Duration)
        /// A time without a byte, while the connection is not paused.
        case silence(Duration)
    }

    /// Ends the answer with ``ResponseEnd/timedOut`` once the limit is reached; replaces an
    /// earlier watch, `nil` by none.
    func watch(_ limit: Limit?) {
        let next = limit.map { limit in
            Task { [channel, time] in
                switch limit {
                case .head(let limit):
                    if await time.sleep(for: limit) { channel.timeOutHead() }
                case .body(let limit):
                    if await time.sleep(for: limit) { channel.timeOut() }
                case .silence(let limit):
                    while let remaining = channel.watch(limit: limit) {
                        guard await time.sleep(for: remaining) else { return }
                    }
                }
            }
        }
        watchdog.withLock { watchdog in
            watchdog?.cancel()
            watchdog = next
        }
    }
}
