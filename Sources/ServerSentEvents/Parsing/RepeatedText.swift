/// Makes text of bytes that are mostly the same as the last time, as the types of events are.
///
/// A text that is the same again is not decoded again, and if it is too long for a string without
/// memory of its own, nothing is allocated.
struct RepeatedText: Sendable {
    /// A longer text is not kept: it would hold its memory for as long as the stream lives.
    private static let maximumSize = 64

    private var text = ""

    /// The bytes it was made of: beside those, to compare with what a short string holds is slow.
    private var bytes: Bytes = []

    /// A part of the bytes as text, decoded as UTF-8 with repairs.
    @inline(__always)
    mutating func text(_ part: Range<Int>, of bytes: Bytes) -> String {
        if bytes.span.hasSameBytes(self.bytes.span, in: part) { return text }
        return otherText(part, of: bytes)
    }

    @inline(never)
    private mutating func otherText(_ part: Range<Int>, of bytes: Bytes) -> String {
        let text = bytes.span.text(part)
        if part.count <= Self.maximumSize {
            self.text = text
            self.bytes.removeAll(keepingCapacity: true)
            self.bytes.append(part, of: bytes)
        }
        return text
    }
}
