#if os(Linux)
    public import Foundation

    extension LibcurlError: LocalizedError {
        /// The message, which is what `localizedDescription` returns.
        public var errorDescription: String? { message }
    }
#endif
