import MockServer

/// Prints what a server tells, on a thread that may block until what was printed is read.
actor Journal {
    private let executor = QueueExecutor("sse.journal")
    private let server: MockEventServer
    private let terminal: Terminal
    /// How many of the server's issues were told.
    private var told = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(of server: MockEventServer, terminal: Terminal) {
        self.server = server
        self.terminal = terminal
    }

    /// Prints the server's URL, then its journal, until the task is cancelled.
    ///
    /// - Parameter entries: What happens, a line or more each.
    /// - Returns: The exit status.
    func print(_ entries: AsyncStream<String>) async -> ExitStatus {
        if let status = terminal.show(.result("\(server.baseURL)\n")) { return status }
        if terminal.error.style.isTerminal {
            terminal.note("Open it in a browser to look on and take part; Ctrl-C ends it.")
        }
        for await entry in entries {
            if let status = show(entry) { return status }
            let issues = server.issues
            for issue in issues.dropFirst(told) {
                if let status = show("! \(issue)") { return status }
            }
            told = issues.count
        }
        return .success
    }

    private func show(_ entry: String) -> ExitStatus? {
        let lines = entry.split(separator: "\n").map { terminal.output.style.plain(String($0)) }
        return terminal.show(.result(lines.map { $0 + "\n" }.joined()))
    }
}
