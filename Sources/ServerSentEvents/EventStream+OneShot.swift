extension EventStream.Configuration {
    /// A configuration for an answer that is streamed once, and ends with an event agreed with the
    /// server: of a language model, or of a long task.
    ///
    /// ```swift
    /// var request = URLRequest(url: url)
    /// request.httpMethod = "POST"
    /// request.httpBody = Data(#"{"stream": true}"#.utf8)
    /// let stream = EventStream(request, configuration: .oneShot(endingWith: .data("[DONE]")))
    /// ```
    ///
    /// The request is sent once, whatever its method, and an end before the terminator is an
    /// ``EventStreamError/Code/truncated`` error.
    ///
    /// - Parameter terminator: The event after which the server sends nothing more; it is not
    ///   delivered.
    /// - Returns: The configuration.
    public static func oneShot(
        endingWith terminator: EventStream.Terminator
    ) -> EventStream.Configuration {
        var configuration = EventStream.Configuration()
        configuration.reconnection = .never
        configuration.terminator = terminator
        return configuration
    }
}
