extension String {
    /// Whether it is the same text byte for byte, as the standard compares: `==` alone takes both ways
    /// to write an é for one.
    @usableFromInline
    func hasBytes(of other: String) -> Bool {
        // The count alone tells most of them apart, and needs no call.
        utf8.count == other.utf8.count && self == other && utf8.elementsEqual(other.utf8)
    }
}
