extension EventStream {
    /// The event by which a server says that nothing more will come.
    ///
    /// ```swift
    /// configuration.terminator = .data("[DONE]")
    /// ```
    ///
    /// The stream closes the connection and ends there; the event itself is not delivered.
    public struct Terminator: Sendable {
        let matches: @Sendable (ServerSentEvent) -> Bool

        /// An event with this data, such as `[DONE]`.
        ///
        /// - Parameter data: The event's whole data.
        /// - Returns: The terminator.
        public static func data(_ data: String) -> Terminator {
            Terminator { $0.data == data }
        }

        /// An event of this type, such as `done`.
        ///
        /// - Parameter type: The event's type.
        /// - Returns: The terminator.
        public static func type(_ type: String) -> Terminator {
            Terminator { $0.isOfType(type) }
        }

        /// An event with this ID, such as `-1`.
        ///
        /// - Parameter id: The last event ID after the event.
        /// - Returns: The terminator.
        public static func id(_ id: String) -> Terminator {
            Terminator { $0.lastEventID == id }
        }

        /// An event that satisfies a condition.
        ///
        /// - Parameter matches: Whether the event is the last one.
        /// - Returns: The terminator.
        public static func `where`(
            _ matches: @escaping @Sendable (ServerSentEvent) -> Bool
        ) -> Terminator {
            Terminator(matches: matches)
        }
    }
}
