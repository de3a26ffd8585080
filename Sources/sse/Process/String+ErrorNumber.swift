import Foundation

extension String {
    /// The system's text for an `errno`.
    init(errorNumber: Int32) {
        self = strerror(errorNumber).map { String(cString: $0) } ?? "error \(errorNumber)"
    }
}
