extension [UInt8] {
    /// A buffer that grew beyond this is let go once it is emptied.
    private static let keptCapacity = 16 * 1024

    /// Removes all bytes, and keeps the memory for the next use unless it is a lot.
    @inline(__always)
    mutating func empty() {
        if capacity > Self.keptCapacity {
            self = []
        } else {
            removeAll(keepingCapacity: true)
        }
    }
}
