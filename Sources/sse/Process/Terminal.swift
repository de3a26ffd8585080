import Dispatch
import Foundation

/// Standard output and standard error, of which a slow reader holds up the writer.
struct Terminal: Sendable {
    let output: OutputDescriptor
    let error: OutputDescriptor

    private let wakeUp = WakeUp()

    init() {
        output = OutputDescriptor(descriptor: STDOUT_FILENO, wakeUp: wakeUp)
        error = OutputDescriptor(descriptor: STDERR_FILENO, wakeUp: wakeUp)
    }

    /// Whether a status line is seen by a person and disturbs nothing.
    ///
    /// What standard output goes to must be known: at the other end of a pipe may be a program that
    /// prints on the same terminal, and does not know of the line.
    var hasStatusLine: Bool {
        error.style.canRedraw && (output.style.isTerminal || output.isFile)
    }

    /// Prints; standard error is nobody's duty to read, so its end does not matter.
    func print(_ text: PrintedText) -> OutputDescriptor.Outcome {
        switch text {
        case .result(let text):
            return output.write(text)
        case .note(let text):
            return error.write(text) == .interrupted ? .interrupted : .written
        }
    }

    /// Prints; a status if that is no longer possible.
    func show(_ text: PrintedText) -> ExitStatus? {
        switch print(text) {
        case .written: return nil
        case .closed, .interrupted: return .success
        case .failed(let code):
            complain("Standard output cannot be written: \(String(errorNumber: code)).")
            return .failure
        }
    }

    /// Says on standard error why nothing more comes.
    func complain(_ sentence: String) {
        _ = error.write("sse: \(error.style.plain(sentence))\n")
    }

    /// Says something on standard error.
    func note(_ sentence: String) {
        _ = error.write(error.style.plain(sentence) + "\n")
    }

    /// Takes away the `^C` that the terminal has shown, so that the prompt begins a line.
    func tidy() {
        if hasStatusLine { _ = error.write("\r\u{1B}[J") }
    }

    /// Ends every write, now and later.
    func interrupt() {
        wakeUp.wake()
    }

    /// Calls back once nobody reads standard output any more, so that a silent stream ends, too.
    func whenOutputCloses(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "sse.output").async { [output] in
            if output.waitUntilClosed() { body() }
        }
    }
}
