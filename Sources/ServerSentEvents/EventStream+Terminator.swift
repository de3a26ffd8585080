extension EventStream {
    /// The event by which a server says that nothing more will come.
    ///
    /// ```swift
    /// configuration.terminator = .data("[DONE]")
    /// ```
    ///
    /// The stream closes the connection and ends there; the event itself is not delivered. At an orderly
    /// end of the body it needs no blank line.
    public struct Terminator: Sendable {
        /// Not a closure for all of them: to keep it alive and to call it cost an event of 265 bytes
        /// a tenth of its instructions.
        private enum Condition {
            case data(String)
            case type(String)
            case id(String)
            case other(@Sendable (ServerSentEvent) -> Bool)
        }

        private let condition: Condition

        @inline(__always)
        func matches(_ event: ServerSentEvent) -> Bool {
            switch condition {
            case .data(let data): event.data.hasBytes(of: data)
            case .type(let type): event.type.hasBytes(of: type)
            case .id(let id): event.lastEventID.hasBytes(of: id)
            case .other(let matches): matches(event)
            }
        }

        /// An event with this data, such as `[DONE]`.
        ///
        /// - Parameter data: The event's whole data.
        /// - Returns: The terminator.
        public static func data(_ data: String) -> Terminator {
            Terminator(condition: .data(data))
        }

        /// An event of this type, such as `done`.
        ///
        /// - Parameter type: The event's type.
        /// - Returns: The terminator.
        public static func type(_ type: String) -> Terminator {
            Terminator(condition: .type(type))
        }

        /// An event with this ID, such as `-1`.
        ///
        /// - Parameter id: The last event ID after the event.
        /// - Returns: The terminator.
        public static func id(_ id: String) -> Terminator {
            Terminator(condition: .id(id))
        }

        /// An event that satisfies a condition.
        ///
        /// - Parameter matches: Whether the event is the last one.
        /// - Returns: The terminator.
        public static func `where`(
            _ matches: @escaping @Sendable (ServerSentEvent) -> Bool
        ) -> Terminator {
            Terminator(condition: .other(matches))
        }
    }
}
