extension EventStreamError {
    /// A refused answer: its head and the start of its body.
    ///
    /// ```swift
    /// if let response = error.response, response.status == 429 {
    ///     print(response.headers["retry-after"] ?? "-", response.text)
    /// }
    /// ```
    public struct Response: Sendable, Hashable {
        /// The status code, such as 404.
        public var status: Int

        /// The header fields.
        public var headers: HeaderFields

        /// The start of the body, at most 64 KiB; empty if it was compressed.
        public var body: [UInt8]

        /// Creates a response.
        ///
        /// - Parameters:
        ///   - head: The status and the header fields.
        ///   - body: The start of the body.
        public init(_ head: ResponseHead, body: [UInt8] = []) {
            status = head.status
            headers = head.headers
            self.body = body
        }

        /// The start of the body as text, decoded as UTF-8 with repairs.
        public var text: String { String(decoding: body, as: UTF8.self) }
    }
}
