/// What `--help` and `--version` print.
enum Help {
    static let version = "0.1.0"

    /// It fits a terminal of 24 lines and 80 columns, the next prompt included.
    static let text = """
        sse \(version): stream server-sent events. Without arguments, a short demo.
        usage: sse [options] URL   |   sse record URL -o FILE [options]
               sse serve SCRIPT.json [--port N] [--speed X]   --speed 0: without waits
               sse --help   |   --version   |   --completions bash|zsh|fish

        \(options.map(line).joined(separator: "\n"))
        exit status: 0 finished, 1 failed, 64 wrong usage, 130 or 143 interrupted
        e.g.: sse -H "Authorization: Bearer $KEY" -d @prompt.json --until '[DONE]' URL

        """

    /// Those of the usage lines need none of their own, nor do those that everybody knows.
    private static let options = Option.allCases.filter {
        [.stream, .streamAndRecord].contains($0.use)
    }

    private static func line(_ option: Option) -> String {
        let short = option.short.map { $0 + ", " } ?? "    "
        let names = "\(short)\(option.long) \(option.value?.name ?? "")"
        return "  " + names.padding(to: 29) + option.summary
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
