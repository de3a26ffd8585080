/// What is known about one answer; pure, without input, output or time of its own.
struct ConnectionState: Sendable {
    /// How far the answer is.
    enum Phase: Sendable {
        /// It can be sent to.
        case going
        /// The server writes its end; a client that leaves now does not change who ended it.
        case endingByServer
        /// It is over.
        case ended
    }

    /// Whether the server was told to fall silent.
    enum Stall: Sendable {
        case none
        /// A step is being written still.
        case asked
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
    var marks: [String: Promise<Bool>] = [:]
    var stall = Stall.none

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
}
