extension EventStreamError {
    /// The error for an event that is not what was asked for.
    static func decodingFailed<Value>(
        _ event: ServerSentEvent, as type: Value.Type, _ error: any Error
    ) -> EventStreamError {
        EventStreamError(
            .decodingFailed,
            """
            An event of type \(Redaction.token(event.type)) cannot be decoded as \(type), as \
            \(reason(of: error, in: "its data", isEmpty: event.data.isEmpty)): compare the error's \
            `event` with that type.
            """,
            event: event, underlying: error)
    }

    /// The error for an answer whose body is not what was asked for.
    static func decodingFailed<Value>(
        _ response: Response, as type: Value.Type, _ error: any Error
    ) -> EventStreamError {
        EventStreamError(
            .decodingFailed,
            """
            The body of the answer with status \(response.status) cannot be decoded as \(type), as \
            \(reason(of: error, in: "it", isEmpty: response.body.isEmpty)): compare the error's \
            `response` with that type.
            """,
            response: response, underlying: error)
    }

    /// The error for an event whose type a router does not know.
    static func unknownType(_ event: ServerSentEvent) -> EventStreamError {
        EventStreamError(
            .unknownType,
            """
            The router has nothing for events of type \(Redaction.token(event.type)): add it \
            with `on`, or create the router with `unknownTypes: .skip`.
            """,
            event: event)
    }

    /// What is wrong, without a word of the text: the errors' own texts quote values and keys.
    private static func reason(
        of error: any Error, in subject: String, isEmpty: Bool
    ) -> String {
        guard let error = error as? DecodingError else { return "its `underlying` error says" }
        switch error {
        case .keyNotFound(let key, let context):
            return "it has no `\(path(context.codingPath + [key]))`"
        case .valueNotFound(_, let context) where !context.codingPath.isEmpty:
            return "`\(path(context.codingPath))` is null"
        case .valueNotFound:
            return "\(subject) is null"
        case .typeMismatch(let type, let context) where !context.codingPath.isEmpty:
            return "`\(path(context.codingPath))` is no \(type)"
        case .typeMismatch(let type, _):
            return "\(subject) is no \(type)"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return "the value of `\(path(context.codingPath))` is not valid"
        case .dataCorrupted where isEmpty:
            return "\(subject) is empty"
        // Also for a number that is out of range, on Linux.
        case .dataCorrupted: return "\(subject) is not valid JSON for it"
        @unknown default: return "its `underlying` error says"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue, key.stringValue == "Index \(index)" {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + (isOfTheProgram(key) ? key.stringValue : "…")
            }
        }
    }

    /// Whether a key stands in the program, as a case of an enumeration: those of a dictionary come
    /// from the event.
    private static func isOfTheProgram(_ key: any CodingKey) -> Bool {
        let mirror = Mirror(reflecting: key)
        return mirror.displayStyle == .enum && mirror.children.isEmpty
    }
}
