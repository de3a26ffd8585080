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
    /// Reads one option, which the reader has just come to, and its value.
    mutating func read(_ option: Option, from reader: inout ArgumentReader) throws(UsageError) {
        switch option {
        case .port: port = try Number.port(try reader.value(of: option), of: option.long)
        default: speed = try Number.speed(try reader.value(of: option), of: option.long)
        }
    }
}
