extension Option {
    /// What comes after an option.
    struct Value {
        /// What stands for it, as in `--count N`.
        var name: String
        /// What it is, for who has left it out.
        var explanation: String
        /// All that it can be, or the usual ones among those.
        var words: [String] = []
        /// Whether it names a file, or can.
        var isFile = false
    }

    /// What comes after it; `nil` if nothing does.
    var value: Value? {
        switch self {
        case .header: Value(name: "'Name: value'", explanation: "'Name: value'")
        case .method:
            Value(
                name: "METHOD", explanation: "a method such as POST",
                words: ["GET", "POST", "PUT", "PATCH"])
        case .data: Value(name: "BODY", explanation: "the body, or @FILE", isFile: true)
        case .lastEventID: Value(name: "ID", explanation: "the ID to resume from")
        case .transport:
            Value(
                name: "NAME", explanation: "urlsession or libcurl",
                words: ["urlsession", "libcurl"])
        case .reconnect:
            Value(
                name: "MODE", explanation: "default, standard or never",
                words: StreamOptions.Reconnection.allCases.map(\.rawValue))
        case .retryDelay: Value(name: "SECONDS", explanation: "seconds")
        case .maxAttempts: Value(name: "N", explanation: "a whole number from 1")
        case .idleTimeout: Value(name: "SECONDS", explanation: "seconds, or off", words: ["off"])
        case .maxEventSize: Value(name: "BYTES", explanation: "a number of bytes")
        case .count: Value(name: "N", explanation: "a whole number from 1")
        case .until: Value(name: "DATA", explanation: "the data of the last event")
        case .type: Value(name: "TYPE", explanation: "an event type")
        case .output: Value(name: "FILE", explanation: "the file to write", isFile: true)
        case .port: Value(name: "N", explanation: "a port")
        case .speed: Value(name: "X", explanation: "a factor such as 2")
        case .completions:
            Value(
                name: "SHELL", explanation: "bash, zsh or fish",
                words: Completions.allCases.map(\.rawValue))
        case .cookies, .json, .updates, .help, .version: nil
        }
    }

    /// What it does, in few words.
    var summary: String {
        switch self {
        case .header: "send a header field; repeatable"
        case .method: "GET by default, POST with -d"
        case .data: "send a body; @FILE a file's, @- standard input's"
        case .lastEventID: "resume after the event with this ID"
        case .cookies: "keep and send cookies"
        case .transport: "urlsession by default, or libcurl on Linux"
        case .reconnect: "default, standard (WHATWG) or never"
        case .retryDelay: "base delay, 3 unless the server says; 0 means 0.1"
        case .maxAttempts: "failures in a row; else 3 before the first open"
        case .idleTimeout: "silence until it reconnects, or off; else 300"
        case .maxEventSize: "fail at a larger event; 16777216 by default"
        case .count: "stop after N events"
        case .until: "stop at the event with this data, not printed"
        case .type: "print and count only this type; repeatable"
        case .json: "print one JSON object a line"
        case .updates: "print all that happens, not only events"
        case .output: "write the recording here"
        case .port: "listen on this port"
        case .speed: "play so many times as fast; 0 leaves out waits"
        case .completions: "print completions for bash, zsh or fish"
        case .help: "print this help"
        case .version: "print the version"
        }
    }
}
