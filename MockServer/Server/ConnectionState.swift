/// What is known about one answer; pure, without input, output or time of its own.
struct ConnectionState: Sendable {
    /// How far the answer is.
    enum Phase: Sendable {
        /// It can be sent to.
        case going
        /// The server writes its end; a client that leaves now does not change who ended it.
        case completing
        /// The server drops it, whatever step it was writing.
        case dropping
        /// It is over.
        case ended
    }

    /// Whether the server was told to fall silent.
    enum Stall: Sendable, Equatable {
        case none
        /// A step is being written still; the number tells one order to stall from the next.
        case asked(Int)
        /// Nothing is written: the stall has the turn.
        case standing
    }

    var phase = Phase.going
    var ending: Ending?
    var clientCause: Ending.Cause?
    var clientClosedAt: Duration?

    var status: Int?
    var framing: Reply.Framing?
    var closesWhenComplete = false
    /// What compresses the body, if anything does.
    var gzip: GzipEncoder?

    var replyNumber: Int?
    var replyCount: Int?
    var stepCount = 0
    var stepNumber = 0
    var step: Step?

    var sent = SentLog()
    var bytesSent = 0
    /// A piece that is not, or not wholly, out; for whoever has the turn.
    var rest: (piece: Piece, sent: Int)?
    var hasRest: Bool { rest != nil }
    /// Whether the script half-closed it: that nothing more can be written is not the client's doing.
    var isHalfClosed = false
    /// By what it is to be dropped while its end is being written; whoever writes that concludes.
    private(set) var pendingDrop: Ending.Cause?
    var marks: [String: Promise<Bool>] = [:]
    private(set) var stall = Stall.none
    private var stallsAsked = 0

    /// Begins to write the end of the answer; whether it still went on.
    mutating func beginCompleting() -> Bool {
        guard phase == .going else { return false }
        phase = .completing
        return true
    }

    /// Who concludes an answer that is being dropped.
    enum Conclusion {
        case byDropper
        /// It may have written all, and then the drop comes too late.
        case byCompleter
    }

    /// Begins to drop the answer, also from under whoever writes its end; `nil` if there is none.
    mutating func beginDropping(_ cause: Ending.Cause) -> Conclusion? {
        switch phase {
        case .going:
            phase = .dropping
            return .byDropper
        case .completing where pendingDrop == nil:
            pendingDrop = cause
            return .byCompleter
        case .completing, .dropping, .ended:
            return nil
        }
    }

    /// Ends the answer.
    ///
    /// - Parameters:
    ///   - party: By whom.
    ///   - cause: By what.
    ///   - time: When.
    /// - Returns: The ending, for those who wait for it.
    mutating func end(by party: Ending.Party, _ cause: Ending.Cause, at time: Duration) -> Ending {
        let ending = Ending(
            by: party, cause: cause, at: time, bytesSent: bytesSent, step: stepNumber)
        phase = .ended
        self.ending = ending
        return ending
    }

    /// Takes an order to fall silent; `nil` if there is nothing to do.
    ///
    /// - Returns: The order's number.
    mutating func askToStall() -> Int? {
        guard phase == .going, stall == .none else { return nil }
        stallsAsked += 1
        stall = .asked(stallsAsked)
        return stallsAsked
    }

    /// Falls silent, as the order's turn has come, unless it was taken back or all is over.
    mutating func standStill(_ order: Int) -> Bool {
        guard phase == .going, stall == .asked(order) else { return false }
        stall = .standing
        return true
    }

    /// Forgets an order whose turn has not come.
    mutating func withdrawStall(_ order: Int) {
        if stall == .asked(order) { stall = .none }
    }

    /// Goes on; whether it stood still.
    mutating func goOn() -> Bool {
        defer { stall = .none }
        return stall == .standing
    }
}
