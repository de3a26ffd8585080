extension EventStream {
    /// One attempt to connect, as ``Configuration/prepareRequest`` sees it.
    ///
    /// ```swift
    /// configuration.prepareRequest = { request, attempt in
    ///     let isRefused = attempt.previousFailure?.response?.status == 401
    ///     let token = try await session.token(refreshing: isRefused)
    ///     request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
    /// }
    /// ```
    public struct Attempt: Sendable {
        /// The attempt's number, from 1 after every healthy connection.
        public var number: Int

        /// The event ID that the stream resumes from; empty for none.
        public var lastEventID: String

        /// What ended the connection before this one, if there was one.
        public var previousFailure: EventStreamError?

        /// Creates an attempt, for tests of code that takes one.
        ///
        /// - Parameters:
        ///   - number: The attempt's number, from 1.
        ///   - lastEventID: The event ID that the stream resumes from.
        ///   - previousFailure: What ended the connection before this one.
        public init(
            number: Int, lastEventID: String = "", previousFailure: EventStreamError? = nil
        ) {
            self.number = number
            self.lastEventID = lastEventID
            self.previousFailure = previousFailure
        }
    }
}
