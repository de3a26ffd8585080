/// What one line of a stream says: the name of its field, and where the value begins.
///
/// Names are told apart by their bytes, so a combining mark after the colon belongs to the value.
///
/// Source: [WHATWG HTML, "Interpreting an event stream"](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation).
struct Field {
    /// The names that mean something; a comment is a line whose name is empty.
    enum Name {
        case data
        case event
        case id
        case retry
        case comment
        case unknown
    }

    /// The field's name.
    let name: Name

    /// The value; empty if the line has no colon.
    let value: Range<Int>

    /// The bytes of `data:` as a number, the first one lowest.
    static let dataAndColon: UInt64 = 0x3A_6174_6164

    /// Reads a line.
    ///
    /// - Parameters:
    ///   - line: Where the line lies, without its end; not empty.
    ///   - bytes: The bytes around it.
    @inline(__always)
    init(_ line: Range<Int>, of bytes: Span<UInt8>) {
        // Bytes that follow the line do no harm: its end is no part of what is compared with, and
        // neither is it a space.
        guard bytes.count - line.lowerBound >= 8 else {
            self.init(shortOrUnknown: line, of: bytes)
            return
        }
        let start = bytes.word(at: line.lowerBound)
        let name: Name
        let length: Int
        if start & 0xFF_FFFF_FFFF == Self.dataAndColon {
            (name, length) = (.data, 5)
        } else if start & 0xFF == 0x3A {
            (name, length) = (.comment, 1)
        } else if start & 0xFFFF_FFFF_FFFF == 0x3A74_6E65_7665 {
            (name, length) = (.event, 6)
        } else if start & 0xFF_FFFF == 0x3A_6469 {
            (name, length) = (.id, 3)
        } else {
            self.init(shortOrUnknown: line, of: bytes)
            return
        }
        let hasSpace = (start >> UInt64(8 * length)) & 0xFF == UInt64(UInt8(ascii: " "))
        self.init(name, line.lowerBound + (hasSpace ? length + 1 : length)..<line.upperBound)
    }

    private init(_ name: Name, _ value: Range<Int>) {
        self.name = name
        self.value = value
    }

    @inline(never)
    private init(shortOrUnknown line: Range<Int>, of bytes: Span<UInt8>) {
        let (candidate, length) = Self.candidate(firstByte: bytes[line.lowerBound])
        let end = line.lowerBound + length
        // Nobody looks for the colon of an unknown field: whatever it holds does not matter.
        guard candidate != .unknown, end <= line.upperBound,
            Self.isName(candidate, at: line.lowerBound, of: bytes)
        else {
            (name, value) = (.unknown, line.upperBound..<line.upperBound)
            return
        }
        guard end < line.upperBound else {
            (name, value) = (candidate, end..<end)
            return
        }
        guard bytes[end] == UInt8(ascii: ":") else {
            (name, value) = (.unknown, line.upperBound..<line.upperBound)
            return
        }
        var start = end + 1
        if start < line.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        (name, value) = (candidate, start..<line.upperBound)
    }

    @inline(__always)
    private static func candidate(firstByte: UInt8) -> (name: Name, length: Int) {
        switch firstByte {
        case UInt8(ascii: ":"): (.comment, 0)
        case UInt8(ascii: "d"): (.data, 4)
        case UInt8(ascii: "e"): (.event, 5)
        case UInt8(ascii: "i"): (.id, 2)
        case UInt8(ascii: "r"): (.retry, 5)
        default: (.unknown, 0)
        }
    }

    @inline(__always)
    private static func isName(_ name: Name, at start: Int, of bytes: Span<UInt8>) -> Bool {
        // The first byte has been compared already; chained comparisons need no table in memory.
        switch name {
        case .data:
            bytes[start + 1] == UInt8(ascii: "a") && bytes[start + 2] == UInt8(ascii: "t")
                && bytes[start + 3] == UInt8(ascii: "a")
        case .event:
            bytes[start + 1] == UInt8(ascii: "v") && bytes[start + 2] == UInt8(ascii: "e")
                && bytes[start + 3] == UInt8(ascii: "n") && bytes[start + 4] == UInt8(ascii: "t")
        case .id:
            bytes[start + 1] == UInt8(ascii: "d")
        case .retry:
            bytes[start + 1] == UInt8(ascii: "e") && bytes[start + 2] == UInt8(ascii: "t")
                && bytes[start + 3] == UInt8(ascii: "r") && bytes[start + 4] == UInt8(ascii: "y")
        case .comment: true
        case .unknown: false
        }
    }
}
