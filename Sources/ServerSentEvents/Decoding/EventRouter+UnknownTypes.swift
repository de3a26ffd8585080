extension EventRouter {
    /// What becomes of events whose type a router does not know.
    ///
    /// ```swift
    /// let router = EventRouter<String>(unknownTypes: .keep { "another event: \($0.type)" })
    ///     .on("price") { (price: Price) in "\(price.symbol): \(price.amount)" }
    /// ```
    public struct UnknownTypes: Sendable {
        private enum Value: Sendable {
            case skip
            case keep(@Sendable (ServerSentEvent) -> Output)
            case `throw`
        }

        private let value: Value

        /// They are read and dropped.
        public static var skip: UnknownTypes { UnknownTypes(value: .skip) }

        /// Each is an error with the code ``EventStreamError/Code/unknownType``; the iterator's next
        /// call goes on with the event after it.
        public static var `throw`: UnknownTypes { UnknownTypes(value: .throw) }

        /// A value is made of them.
        ///
        /// - Parameter transform: Makes the value from the event.
        /// - Returns: The rule.
        public static func keep(
            _ transform: @escaping @Sendable (ServerSentEvent) -> Output
        ) -> UnknownTypes {
            UnknownTypes(value: .keep(transform))
        }

        func output(for event: ServerSentEvent) throws(EventStreamError) -> Output? {
            switch value {
            case .skip: nil
            case .keep(let transform): transform(event)
            case .throw: throw .unknownType(event)
            }
        }
    }
}
