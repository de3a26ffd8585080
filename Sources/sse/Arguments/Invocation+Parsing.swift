import Foundation

extension Invocation {
    /// Reads a command line, without the tool's own name.
    init(_ arguments: [String]) throws(UsageError) {
        var reader = ArgumentReader(arguments)
        var options = StreamOptions()
        var url: URL?
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
                try options.read(name, from: &reader)
            case .operand(let text) where url == nil:
                if text == "serve" || text == "record" {
                    throw UsageError(
                        "`sse \(text)` is not there yet: this version streams a URL, or plays the "
                            + "demo without one.")
                }
                url = try Self.url(text)
            case .operand(let text):
                throw UsageError("One URL is accepted, and \(text.debugDescription) is a second.")
            }
        }
        if let url {
            self = .stream(url, options)
        } else if arguments.isEmpty {
            self = .demo
        } else {
            throw UsageError(
                "A URL is missing: give one, as in `sse https://host/path`, or nothing at all for "
                    + "the demo.")
        }
    }

    private static func url(_ text: String) throws(UsageError) -> URL {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased())
        else {
            throw UsageError(
                "A URL begins with http:// or https://, and \(text.debugDescription) does not.")
        }
        guard let host = url.host, !host.isEmpty else {
            throw UsageError(
                "A URL names a host, as in http://host/path, and \(text.debugDescription) does not."
            )
        }
        return url
    }
}
