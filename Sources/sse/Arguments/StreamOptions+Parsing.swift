import ServerSentEvents

extension StreamOptions {
    /// Reads one option, which the reader has just come to, and its value.
    mutating func read(
        _ option: Option, from reader: inout ArgumentReader
    ) throws(UsageError) {
        let name = reader.name
        guard option.value != nil else {
            try reader.flag()
            return set(option)
        }
        let value = try reader.value(of: option)
        switch option {
        case .header: headers.append(try Header(value, of: name))
        case .method: method = try Self.method(value, of: name)
        case .data: data.append(value)
        case .lastEventID: lastEventID = try Self.id(value, of: name)
        case .transport: transport = try Self.transport(value, of: name)
        case .reconnect: reconnection = try Self.reconnection(value, of: name)
        case .retryDelay:
            retryDelay = try Number.seconds(value, of: name, isZeroAllowed: true)
        case .maxAttempts: maximumAttempts = try Number.count(value, of: name)
        case .idleTimeout: idleTimeout = try Self.idleTimeout(value, of: name)
        case .maxEventSize: maximumEventSize = try Number.count(value, of: name)
        case .count: count = try Number.count(value, of: name)
        case .until: until = value
        case .type: types.insert(value)
        case .cookies, .json, .updates, .output, .port, .speed, .completions, .help, .version:
            preconditionFailure("\(name) has no value, or is read elsewhere")
        }
    }

    private mutating func set(_ option: Option) {
        switch option {
        case .cookies: keepsCookies = true
        case .json: isJSON = true
        case .updates: showsUpdates = true
        default: preconditionFailure("\(option.long) has a value, or is read elsewhere")
        }
    }

    private static func method(_ text: String, of option: String) throws(UsageError) -> String {
        guard FieldSyntax.isToken(text) else {
            throw UsageError(
                "\(option) takes a method such as POST, not \(text.debugDescription).")
        }
        return text
    }

    private static func id(_ text: String, of option: String) throws(UsageError) -> String {
        guard FieldSyntax.isValue(text) else {
            throw UsageError(
                "\(option) takes an ID without line breaks and NUL, not \(text.debugDescription).")
        }
        return text
    }

    private static func reconnection(
        _ text: String, of option: String
    ) throws(UsageError) -> Reconnection {
        guard let reconnection = Reconnection(rawValue: text) else {
            throw UsageError(
                "\(option) takes default, standard or never, not \(text.debugDescription).")
        }
        return reconnection
    }

    private static func idleTimeout(
        _ text: String, of option: String
    ) throws(UsageError) -> IdleTimeout {
        guard text != "off" else { return .off }
        return .after(
            try Number.seconds(text, of: option, isZeroAllowed: false, or: ", or off"))
    }

    private static func transport(
        _ text: String, of option: String
    ) throws(UsageError) -> Transport {
        switch Transport(rawValue: text) {
        case .some(.urlsession):
            return .urlsession
        case .some(.libcurl):
            #if os(Linux)
                return .libcurl
            #else
                throw UsageError("\(option) libcurl works on Linux only: use urlsession.")
            #endif
        case .none:
            throw UsageError(
                "\(option) takes urlsession or libcurl, not \(text.debugDescription).")
        }
    }
}
