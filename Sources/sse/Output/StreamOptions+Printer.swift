extension StreamOptions {
    /// What prints the way the options ask for.
    func printer(for terminal: Terminal) -> any Printer {
        guard !isJSON else { return JSONPrinter(showsUpdates: showsUpdates) }
        return PlainPrinter(
            output: terminal.output.style, error: terminal.error.style, showsUpdates: showsUpdates)
    }
}
