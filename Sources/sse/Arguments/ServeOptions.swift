/// How a script file is served: the command line, checked.
struct ServeOptions: Equatable {
    /// The path of the file.
    var file = ""

    /// The port; 0 lets the system choose one.
    var port = 0

    /// How many times as fast as written; 0 leaves out all waits.
    var speed = 1.0
}

extension ServeOptions {
    /// The options that belong to `sse serve` alone.
    static let names: Set<String> = ["--port", "--speed"]

    /// Reads one option, which the reader has just come to, and its value.
    mutating func read(_ option: String, from reader: inout ArgumentReader) throws(UsageError) {
        switch option {
        case "--port": port = try Number.port(try reader.value("a port"), of: option)
        default: speed = try Number.speed(try reader.value("a factor such as 2"), of: option)
        }
    }
}
