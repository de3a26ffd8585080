/// What a channel keeps for the clients that come back.
struct BroadcastLog: Sendable {
    private let limit: Int
    private var kept: [Broadcast] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Keeps an event.
    ///
    /// - Parameter broadcast: What was sent; all but events are passed over.
    mutating func append(_ broadcast: Broadcast) {
        guard broadcast.isReplayed, limit > 0 else { return }
        kept.append(broadcast)
        // In portions, so that forgetting costs little for each.
        if limit < kept.count / 2 { kept.removeFirst(kept.count - limit) }
    }

    /// What a client has missed.
    ///
    /// - Parameter lastEventID: The ID of the last event that it got.
    /// - Returns: The events after that one; all of them if it is not known here.
    func missed(after lastEventID: String) -> ArraySlice<Broadcast> {
        let all = kept.suffix(limit)
        guard let index = all.lastIndex(where: { $0.id == lastEventID }) else { return all }
        return all[(index + 1)...]
    }
}
