/// One thing the server does while it plays a stream.
///
/// ```swift
/// let steps: [Step] = [
///     .retry(.seconds(1)),
///     .event("one", id: "1"),
///     .event("two", id: "2").cut(afterBytes: 9),  // leaves "id: 2\ndat"
///     .drop(.reset),
/// ]
/// ```
///
/// A stream ends with one of the terminal steps: ``end``, ``drop(_:)``, ``stall``, ``hold`` or
/// ``halfClose``. One that has none ends as if ``end`` stood there.
public struct Step: Sendable, Hashable {
    /// How a connection is dropped.
    ///
    /// ```swift
    /// let steps: [Step] = [.event("one"), .drop(.reset)]
    /// ```
    public enum Drop: String, Sendable, Hashable, Codable, CaseIterable {
        /// Closed in good order (FIN), but before the answer is complete.
        case fin
        /// Broken (RST), after all bytes before it have arrived.
        case reset
    }

    /// What ends the lines of a step.
    ///
    /// ```swift
    /// let steps: [Step] = [.event("one").lineEnding(.crlf)]  // "data: one\r\n\r\n"
    /// ```
    public enum LineEnding: String, Sendable, Hashable, Codable, CaseIterable {
        /// A line feed, the default.
        case lf
        /// A carriage return.
        case cr
        /// A carriage return and a line feed.
        case crlf

        var bytes: [UInt8] {
            switch self {
            case .lf: [0x0A]
            case .cr: [0x0D]
            case .crlf: [0x0D, 0x0A]
            }
        }
    }

    enum Kind: Sendable, Hashable {
        case event(data: String, type: String?, id: String?, retry: Duration?)
        case retry(Duration)
        case comment(String)
        case raw([UInt8])
        case padding(Int)
        case wait(Duration)
        case gate(String)
        case mark(String)
        case end
        case drop(Drop)
        case stall
        case hold
        case halfClose
    }

    struct Dribble: Sendable, Hashable {
        var bytes: Int
        var interval: Duration
    }

    var kind: Kind
    var cut: Int?
    var dribble: Dribble?
    var lineEnding = LineEnding.lf
    var repetitions = 1

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// Whether nothing can follow this step.
    var isTerminal: Bool {
        switch kind {
        case .end, .drop, .stall, .hold, .halfClose: true
        case .event, .retry, .comment, .raw, .padding, .wait, .gate, .mark: false
        }
    }

    /// Whether the connection stays open in this step until the client leaves.
    var staysOpen: Bool {
        switch kind {
        case .stall, .hold, .halfClose: true
        case .event, .retry, .comment, .raw, .padding, .wait, .gate, .mark, .end, .drop: false
        }
    }

    /// Whether this step writes bytes.
    var writes: Bool {
        switch kind {
        case .event, .retry, .comment, .raw, .padding: true
        case .wait, .gate, .mark, .end, .drop, .stall, .hold, .halfClose: false
        }
    }
}
