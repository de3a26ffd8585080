import Foundation

extension StreamOptions {
    /// What prints the way the options ask for.
    func printer(for terminal: Terminal) -> any Printer {
        guard !isJSON else { return JSONPrinter(showsUpdates: showsUpdates) }
        let environment = ProcessInfo.processInfo.environment
        return PlainPrinter(
            output: Style(isTerminal: terminal.output.isTerminal, environment: environment),
            error: Style(isTerminal: terminal.error.isTerminal, environment: environment),
            showsUpdates: showsUpdates)
    }
}
