import Foundation
import ServerSentEvents

extension Invocation {
    /// The words that a command line may begin with, in the place of a URL.
    private enum Command: String {
        case serve
        case record
    }

    /// Reads a command line, without the tool's own name.
    init(_ arguments: [String]) throws(UsageError) {
        var reader = ArgumentReader(arguments)
        var options = StreamOptions()
        var serving = ServeOptions()
        var command: Command?
        var output: String?
        var operand: String?
        var used: [(option: Option, name: String)] = []
        while let argument = reader.next() {
            switch argument {
            case .option(let name, _):
                guard let option = Option(name) else {
                    throw UsageError(
                        """
                        There is no option \(name.debugDescription): `sse --help` shows those there \
                        are.
                        """)
                }
                used.append((option, name))
                switch option {
                case .help, .version:
                    try reader.flag()
                    self = option == .help ? .help : .version
                    return
                case .completions:
                    self = .completions(try Self.completions(try reader.value(of: option)))
                    return
                case .port, .speed: try serving.read(option, from: &reader)
                case .output: output = try reader.value(of: option)
                default: try options.read(option, from: &reader)
                }
            case .operand(let text) where command == nil && operand == nil:
                command = Command(rawValue: text)
                if command == nil { operand = text }
            case .operand(let text) where operand == nil:
                operand = text
            case .operand:
                // Not quoted: it may be a credential that was given without quotes.
                let what = command == .serve ? "file" : "URL"
                throw UsageError(
                    "One \(what) is accepted, and there is a second: quote what has spaces.")
            }
        }
        for (option, name) in used { try Self.check(option, name, goesWith: command) }
        switch command {
        case .serve: self = try .serve(Self.serving(operand, serving))
        case .record: self = try .record(Self.url(operand), options, file: Self.file(output))
        case nil: self = arguments.isEmpty ? .demo : .stream(try Self.url(operand), options)
        }
    }

    private static func check(
        _ option: Option, _ name: String, goesWith command: Command?
    ) throws(UsageError) {
        switch (option.use, command) {
        case (.stream, nil), (.streamAndRecord, nil), (.streamAndRecord, .record),
            (.record, .record), (.serve, .serve), (.alone, _):
            break
        case (.serve, _), (.record, _):
            throw UsageError("\(name) belongs to `sse \(option.use)`.")
        case (.stream, .record):
            throw UsageError("\(name) does not go with `sse record`, which prints no events.")
        case (.stream, .serve), (.streamAndRecord, .serve):
            throw UsageError("\(name) does not go with `sse serve`, which plays a script.")
        }
    }

    private static func completions(_ shell: String) throws(UsageError) -> Completions {
        guard let completions = Completions(rawValue: shell) else {
            throw UsageError(
                "--completions takes bash, zsh or fish, not \(shell.debugDescription).")
        }
        return completions
    }

    private static func serving(
        _ operand: String?, _ options: ServeOptions
    ) throws(UsageError) -> ServeOptions {
        guard let operand else {
            throw UsageError("A file is missing: give a script, as in `sse serve script.json`.")
        }
        var options = options
        options.file = operand
        return options
    }

    private static func file(_ output: String?) throws(UsageError) -> String {
        guard let output, !output.isEmpty else {
            throw UsageError(
                "A file to write is missing: give one, as in `sse record URL -o feed.json`.")
        }
        return output
    }

    private static func url(_ operand: String?) throws(UsageError) -> URL {
        guard let text = operand else {
            throw UsageError(
                "A URL is missing: give one, as in `sse https://host/path`, or nothing at all for "
                    + "the demo.")
        }
        guard let url = URL(encoding: text), ["http", "https"].contains(url.scheme?.lowercased())
        else {
            throw UsageError(
                "A URL begins with http:// or https://, and \(Redaction.url(text).debugDescription) does not."
            )
        }
        guard let host = url.host, !host.isEmpty else {
            throw UsageError(
                """
                A URL names a host, as in http://host/path, and \
                \(Redaction.url(text).debugDescription) does not.
                """)
        }
        guard url.hasPossiblePort else {
            throw UsageError(
                "A port is at most 65535, and that of \(Redaction.url(text).debugDescription) is not."
            )
        }
        return url
    }
}
