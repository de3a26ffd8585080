extension EventStreamError: CustomStringConvertible {
    /// The message, and below it the error that caused this one, unless that may quote a payload.
    public var description: String {
        guard let underlying, code != .decodingFailed else { return message }
        return "\(message) (\(underlying))"
    }
}

extension EventStreamError: CustomReflectable {
    /// What `dump` shows: no event, and of an error that may quote a payload only the type.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "code": code,
                "message": message,
                "response": response as Any,
                "event": event.map { _ in Redaction.mark } as Any,
                "attempts": attempts,
                "underlying": code == .decodingFailed
                    ? underlying.map { type(of: $0) } as Any : underlying as Any,
            ],
            displayStyle: .struct)
    }
}
