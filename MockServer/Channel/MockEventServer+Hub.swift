extension MockEventServer {
    /// Makes a broadcast hub of two paths: clients subscribe to one, and the body of each request to
    /// the other becomes an event for all of them.
    ///
    /// The events have the IDs 1, 2, 3 and so on, and those a client has missed are in the log. The
    /// answer to a publisher is the number of subscribers that the event was written to.
    ///
    /// ```swift
    /// let room = server.hub("/events", publish: "/facts")
    /// let feed = Feed(server.url("/events"))  // the app's code
    /// try await room.subscribers(atLeast: 1)
    /// // now the app posts to /facts, and sees its own fact among the events
    /// ```
    ///
    /// - Parameters:
    ///   - path: Where clients subscribe, without a query.
    ///   - publishPath: Where they publish.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Returns: The channel, to send from the test as well.
    @discardableResult
    public func hub(
        _ path: String, publish publishPath: String, fileID: String = #fileID, line: Int = #line
    ) -> Channel {
        let room = channel(path, fileID: fileID, line: line)
        handle(publishPath, fileID: fileID, line: line) { connection in
            let written = room.publish(String(decoding: connection.request.body, as: UTF8.self))
            try await connection.respond(.status(200, body: "\(written)\n"))
        }
        return room
    }
}
