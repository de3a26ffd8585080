/// When a connection should be reading, by the weight of what is pending: a pure value.
struct FlowControl {
    /// How much may be pending, in bytes.
    struct Limits: Sendable {
        /// From this much on, the connection is asked to pause.
        var high: Int
        /// Down to this much, it is asked to resume.
        var low: Int
        /// Beyond this much, nothing more is taken from a connection that was asked to pause.
        var maximum: Int
    }

    enum Signal {
        case pause(any TransportConnection)
        case resume(any TransportConnection)
        case close(any TransportConnection)
    }

    /// What a chunk costs besides its bytes: an array's header, its slot and the allocator's own.
    ///
    /// Without it, a flood of one-byte chunks would take fifty times its limit.
    static let overhead = 64

    private let limits: Limits
    private var connection: (any TransportConnection)?
    /// The weight of what waits for the consumer.
    private var kept = 0
    /// The weight of what the consumer has taken and is still reading.
    private var lent = 0
    private(set) var wantsPause = false
    private var toldToPause = false
    private var isTelling = false
    /// When the network last delivered something, or was allowed to again.
    private(set) var lastSign = Duration.zero
    /// Whether the server has answered at all.
    private(set) var hasHead = false
    private var closesWhenTold = false

    init(limits: Limits) {
        self.limits = limits
    }

    static func weight(of chunk: [UInt8]) -> Int {
        chunk.count + overhead
    }

    /// Whether a chunk may be kept; one that comes before a pause was asked for always may, however
    /// large, as no connection could have held it back.
    func admits(_ chunk: [UInt8]) -> Bool {
        !wantsPause || kept + lent + Self.weight(of: chunk) <= limits.maximum
    }

    /// Whether silence is the stream's own doing, or may be for another moment.
    var isPaused: Bool { wantsPause || toldToPause }

    mutating func attached(_ connection: any TransportConnection, at now: Duration) -> Signal? {
        self.connection = connection
        lastSign = now
        return signal()
    }

    mutating func receivedHead(at now: Duration) {
        lastSign = now
        hasHead = true
    }

    /// A chunk is kept until the consumer asks.
    mutating func keeps(_ chunk: [UInt8], at now: Duration) -> Signal? {
        kept += Self.weight(of: chunk)
        lastSign = now
        return signal()
    }

    /// The consumer asks: what it had is used up, what was kept is its own now.
    mutating func lendsKept(at now: Duration) -> Signal? {
        lent = kept
        kept = 0
        if isPaused { lastSign = now }
        return signal()
    }

    /// A chunk goes straight to a waiting consumer.
    mutating func lends(_ chunk: [UInt8], at now: Duration) -> Signal? {
        lent = Self.weight(of: chunk)
        lastSign = now
        return signal()
    }

    /// A signal has been delivered; another may have become due meanwhile.
    mutating func told() -> Signal? {
        isTelling = false
        return closesWhenTold ? close() : signal()
    }

    /// The connection is to be closed: at once, or after the signal that is being delivered, as
    /// nothing may follow a close.
    mutating func close() -> Signal? {
        guard !isTelling else {
            closesWhenTold = true
            return nil
        }
        defer { connection = nil }
        return connection.map { .close($0) }
    }

    /// The connection is over by itself, and needs no signal any more.
    mutating func ended() {
        connection = nil
    }

    private mutating func signal() -> Signal? {
        if kept + lent >= limits.high { wantsPause = true }
        if kept + lent <= limits.low { wantsPause = false }
        guard let connection, !isTelling, !closesWhenTold, wantsPause != toldToPause else {
            return nil
        }
        isTelling = true
        toldToPause = wantsPause
        return wantsPause ? .pause(connection) : .resume(connection)
    }
}
