import Locking

/// One connection of a stream: closes when it is released, and notices when the server is silent.
final class Connection: Sendable {
    let channel: ResponseChannel

    private let time: TimeSource
    private let control: ConnectionControl?
    private let alarm = Protected<Alarm?>(nil)

    init(channel: ResponseChannel, time: TimeSource, control: ConnectionControl?) {
        self.channel = channel
        self.time = time
        self.control = control
    }

    deinit {
        alarm.withLock { $0 }?.cancel()
        control?.forget(channel)
        channel.close()
    }

    /// What the watch does not let last.
    enum Limit {
        /// The time until the head of the answer has come, whether it has been looked at or not.
        case head(Duration)
        /// The time until the watch is replaced.
        case body(Duration)
        /// A time without a byte, while the connection is not paused; nothing replaces this one.
        case silence(Duration)
    }

    /// Ends the answer with ``ResponseEnd/timedOut`` once the limit is reached; replaces an
    /// earlier watch, `nil` by none.
    func watch(_ limit: Limit?) {
        switch limit {
        case .none: replaceAlarm { nil }
        case .head(let limit): setAlarm(after: limit) { [channel] in channel.timeOutHead() }
        case .body(let limit): setAlarm(after: limit) { [channel] in channel.timeOut() }
        case .silence(let limit): watchSilence(min(limit, .longestSleep))
        }
    }

    private func watchSilence(_ limit: Duration) {
        guard let remaining = channel.watch(limit: limit) else { return }
        setAlarm(after: remaining) { [weak self] in self?.watchSilence(limit) }
    }

    private func setAlarm(after duration: Duration, _ action: @escaping @Sendable () -> Void) {
        replaceAlarm { time.alarm(after: duration, action) }
    }

    /// Makes the new alarm under the lock: one that goes off at once may set the next.
    private func replaceAlarm(by new: () -> Alarm?) {
        let previous = alarm.withLock { alarm in
            defer { alarm = new() }
            return alarm
        }
        previous?.cancel()
    }
}
