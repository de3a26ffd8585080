/// One step on its way to all subscribers of a channel, encoded once for all of them.
struct Broadcast: Sendable {
    /// Its place in the order of all that was sent on the channel, from 1.
    let sequence: Int
    let step: Step
    /// How many bytes the step has, before any cut.
    let total: Int
    private let chunk: Piece
    private let plain: Piece

    init(_ step: Step, sequence: Int) {
        self.step = step
        self.sequence = sequence
        let full = step.fullBytes
        total = full.count
        let bytes = full.prefix(step.cut ?? full.count)
        chunk = Piece(bytes, isChunk: true)
        plain = Piece(bytes, isChunk: false)
    }

    /// What goes out to one subscriber.
    ///
    /// - Parameter isChunked: Whether its answer has chunks.
    /// - Returns: The bytes.
    func piece(isChunked: Bool) -> Piece {
        isChunked ? chunk : plain
    }

    /// The ID that the step gives to an event.
    var id: String? {
        switch step.kind {
        case .event(data: _, type: _, let id, retry: _): id
        default: nil
        }
    }

    /// Whether a client that comes back needs it: an event that was written whole.
    var isReplayed: Bool {
        switch step.kind {
        case .event: step.cut == nil
        default: false
        }
    }
}
