import ServerSentEvents

extension EventStreamError {
    /// The error in one sentence, for somebody who has options and not an API.
    var sentence: String {
        switch code {
        case .refused:
            guard let response else { return message }
            let said = response.text.split(whereSeparator: \.isNewline).first.map {
                ": " + String($0.prefix(200)).debugDescription
            }
            return "The server refused the stream with status \(response.status)\(said ?? "")."
        case .timedOut:
            return "The server did not answer, or fell silent for longer than --idle-timeout."
        case .eventTooLarge:
            return "An event was too large: raise --max-event-size, if the server is trusted."
        case .truncated:
            return "The stream ended before the event that --until waits for: ask for it again."
        default:
            return message
        }
    }
}
