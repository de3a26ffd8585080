extension EventStream {
    /// Whether a stream takes part in the exchange of cookies.
    ///
    /// ```swift
    /// configuration.credentials = .include
    /// ```
    public struct Credentials: Sendable, Hashable {
        private enum Value {
            case omit
            case include
        }

        private let value: Value

        /// No cookies are sent, and none are stored.
        public static let omit = Credentials(value: .omit)

        /// Cookies of the transport's storage are sent, and new ones are stored there: with URLSession,
        /// the shared one.
        public static let include = Credentials(value: .include)
    }
}
