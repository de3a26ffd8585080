import ServerSentEvents

extension StreamOptions {
    /// Reads one option, which the reader has just come to, and its value.
    mutating func read(
        _ option: String, from reader: inout ArgumentReader
    ) throws(UsageError) {
        switch option {
        case "-H", "--header":
            headers.append(try Header(try reader.value("'Name: value'"), of: option))
        case "-X", "--method":
            method = try Self.method(try reader.value("a method such as POST"), of: option)
        case "-d", "--data":
            data.append(try reader.value("the body, or @FILE"))
        case "--last-event-id":
            lastEventID = try Self.id(try reader.value("the ID to resume from"), of: option)
        case "--cookies":
            try reader.flag()
            keepsCookies = true
        case "--reconnect":
            reconnection = try Self.reconnection(
                try reader.value("default, standard or never"), of: option)
        case "--retry-delay":
            retryDelay = try Number.seconds(
                try reader.value("seconds"), of: option, isZeroAllowed: true)
        case "--max-attempts":
            maximumAttempts = try Number.count(
                try reader.value("a whole number from 1"), of: option)
        case "--idle-timeout":
            idleTimeout = try Self.idleTimeout(try reader.value("seconds, or off"), of: option)
        case "--max-event-size":
            maximumEventSize = try Number.count(
                try reader.value("a number of bytes"), of: option)
        case "--until":
            until = try reader.value("the data of the last event")
        case "--count":
            count = try Number.count(try reader.value("a whole number from 1"), of: option)
        case "--type":
            types.insert(try reader.value("an event type"))
        case "--json":
            try reader.flag()
            isJSON = true
        case "--updates":
            try reader.flag()
            showsUpdates = true
        case "--transport":
            transport = try Self.transport(try reader.value("urlsession or libcurl"), of: option)
        default:
            throw UsageError(
                "There is no option \(option.debugDescription): `sse --help` shows those there are."
            )
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
