/// An option: all that the parser, `--help` and the shells' completions know of it.
enum Option: String, CaseIterable {
    case header
    case method
    case data
    case lastEventID = "last-event-id"
    case cookies
    case transport
    case reconnect
    case retryDelay = "retry-delay"
    case maxAttempts = "max-attempts"
    case idleTimeout = "idle-timeout"
    case maxEventSize = "max-event-size"
    case count
    case until
    case type
    case json
    case updates
    case output
    case port
    case speed
    case completions
    case help
    case version

    /// The option of a name, dashes included.
    init?(_ name: String) {
        guard let option = Self.allCases.first(where: { $0.names.contains(name) }) else {
            return nil
        }
        self = option
    }

    /// How it may be written, the short name first.
    var names: [String] { [short, long].compactMap { $0 } }

    var long: String { "--" + rawValue }

    var short: String? {
        switch self {
        case .header: "-H"
        case .method: "-X"
        case .data: "-d"
        case .output: "-o"
        case .help: "-h"
        default: nil
        }
    }
}

extension Option {
    /// The commands that an option goes with.
    enum Use {
        case stream
        case streamAndRecord
        case record
        case serve
        /// Alone on the command line.
        case alone
    }

    var use: Use {
        switch self {
        case .type, .json, .updates: .stream
        case .output: .record
        case .port, .speed: .serve
        case .completions, .help, .version: .alone
        case .header, .method, .data, .lastEventID, .cookies, .transport, .reconnect, .retryDelay,
            .maxAttempts, .idleTimeout, .maxEventSize, .count, .until:
            .streamAndRecord
        }
    }
}
