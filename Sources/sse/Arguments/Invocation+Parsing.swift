import Foundation
import ServerSentEvents

extension Invocation {
    /// The words that a command line may begin with, in the place of a URL.
    private enum Command: String {
        case serve
        case record
    }

    /// The options that say how events are printed: a recording prints none.
    private static let printing: Set<String> = ["--type", "--json", "--updates"]

    /// Reads a command line, without the tool's own name.
    init(_ arguments: [String]) throws(UsageError) {
        var reader = ArgumentReader(arguments)
        var options = StreamOptions()
        var serving = ServeOptions()
        var command: Command?
        var output: String?
        var operand: String?
        var used: [String] = []
        while let argument = reader.next() {
            switch argument {
            case .option("--help", _), .option("-h", _):
                try reader.flag()
                self = .help
                return
            case .option("--version", _):
                try reader.flag()
                self = .version
                return
            case .option(let name, _):
                used.append(name)
                if ServeOptions.names.contains(name) {
                    try serving.read(name, from: &reader)
                } else if name == "-o" || name == "--output" {
                    output = try reader.value("the file to write")
                } else {
                    try options.read(name, from: &reader)
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
        for name in used { try Self.check(name, belongsTo: command) }
        switch command {
        case .serve: self = try .serve(Self.serving(operand, serving))
        case .record: self = try .record(Self.url(operand), options, file: Self.file(output))
        case nil: self = arguments.isEmpty ? .demo : .stream(try Self.url(operand), options)
        }
    }

    private static func check(
        _ option: String, belongsTo command: Command?
    ) throws(UsageError) {
        let owner: Command? =
            ServeOptions.names.contains(option)
            ? .serve : ["-o", "--output"].contains(option) ? .record : nil
        switch command {
        case _ where owner != nil && owner != command:
            throw UsageError("\(option) belongs to `sse \(owner?.rawValue ?? "")`.")
        case .serve where owner != .serve:
            throw UsageError("\(option) does not go with `sse serve`, which plays a script.")
        case .record where printing.contains(option):
            throw UsageError("\(option) does not go with `sse record`, which prints no events.")
        default:
            break
        }
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
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased())
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
        return url
    }
}
