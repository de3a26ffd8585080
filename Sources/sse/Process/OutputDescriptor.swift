import Foundation

/// A descriptor to write to, blocking, until somebody calls the writing off.
struct OutputDescriptor: Sendable {
    enum Outcome: Equatable {
        case written
        /// Nobody reads any more.
        case closed
        /// The writing was called off, perhaps midway.
        case interrupted
        /// Say, the disk is full.
        case failed(errno: Int32)
    }

    let descriptor: Int32
    let wakeUp: WakeUp

    var style: Style {
        Style(
            isTerminal: isatty(descriptor) == 1, environment: ProcessInfo.processInfo.environment)
    }

    /// How many columns a terminal has; 80 where that is not known.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether it is a plain file.
    var isFile: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    func write(_ text: String) -> Outcome {
        var text = text
        return text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        var rest = bytes[...]
        while !rest.isEmpty {
            let readiness = wait(for: Int16(POLLOUT))
            guard readiness == .written else { return readiness }
            // A pipe that is ready takes this much without blocking.
            let portion = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(PIPE_BUF)))
            let count = Foundation.write(descriptor, portion.baseAddress, portion.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR, EAGAIN: continue
            // Of a terminal that is gone; of a file, it is the disk's.
            case EIO where !isFile: return .closed
            case EPIPE, EBADF, ECONNRESET: return .closed
            case let code: return .failed(errno: code)
            }
        }
        return .written
    }

    /// Waits until nobody reads any more; returns at once if that cannot be seen.
    func waitUntilClosed() -> Bool {
        // Its end is always told, but Darwin looks at nothing unless it is asked for something.
        wait(for: Int16(POLLHUP)) == .closed
    }

    /// Waits for an event of the descriptor, for its end or for the wake-up.
    private func wait(for events: Int16) -> Outcome {
        var polled = [
            pollfd(fd: descriptor, events: events, revents: 0),
            pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            guard poll(&polled, nfds_t(polled.count), -1) >= 0 else {
                if errno == EINTR { continue }
                return .failed(errno: errno)
            }
            if polled[0].revents & Int16(POLLERR | POLLHUP) != 0 { return .closed }
            // Some systems cannot poll a terminal: writing tells how it is.
            if polled[0].revents != 0 { return .written }
            // Only now, so that what is being written is not torn if somebody reads it.
            return .interrupted
        }
    }
}
