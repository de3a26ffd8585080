import Foundation

/// A terminal without a window, which a test reads instead of a person.
final class PseudoTerminal {
    /// What a program writes to.
    let descriptor: Int32

    private let master: Int32
    private let texts: AsyncStream<String>
    private let end: AsyncStream<String>.Continuation
    private lazy var rest = texts.makeAsyncIterator()

    /// All that was read so far.
    private(set) var text = ""

    struct Failure: Error {}

    init(columns: Int) throws {
        var ends: (master: Int32, program: Int32) = (-1, -1)
        guard openpty(&ends.master, &ends.program, nil, nil, nil) == 0 else { throw Failure() }
        (master, descriptor) = ends
        // No other process that is started meanwhile may keep it open.
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        (texts, end) = AsyncStream.makeStream(of: String.self)
        resize(columns: columns)
        DispatchQueue(label: "CommandLineTests.terminal").async { [master, end] in
            var bytes = [UInt8](repeating: 0, count: 4096)
            // Fails when the last program has left.
            while case let count = Foundation.read(master, &bytes, bytes.count), count > 0 {
                end.yield(String(decoding: bytes[..<count], as: UTF8.self))
            }
            end.finish()
            close(master)
        }
    }

    /// Types a Ctrl-C, which the terminal shows; the signal is the test's to send, as it is nobody's
    /// controlling terminal.
    func typeControlC() {
        _ = write(master, "\u{3}", 1)
    }

    /// Changes the width of the window.
    func resize(columns: Int) {
        var size = winsize(
            ws_row: 24, ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Leaves the program as the only one that has it open.
    func handOver() {
        close(descriptor)
    }

    /// Reads until there is a text, or nobody writes any more.
    func read(until expected: String) async {
        while !text.contains(expected), let more = await rest.next(isolation: #isolation) {
            text += more
        }
    }

    /// Reads until nobody writes any more.
    func readAll() async -> String {
        while let more = await rest.next(isolation: #isolation) { text += more }
        return text
    }
}
