import ServerSentEvents

/// An entry of the demo's feed.
struct Order: Equatable, Sendable {
    let id: String
    let type: String
    let data: String

    /// All orders of the feed, in order: what the client must have received in the end.
    static let all = [
        Order(id: "1", type: "placed", data: "Ada, 2 teas"),
        Order(id: "2", type: "placed", data: "Bo, 1 coffee"),
        Order(id: "3", type: "paid", data: "Ada, 5.00"),
        Order(id: "4", type: "placed", data: "Chen, 3 scones"),
        Order(id: "5", type: "paid", data: "Bo, 3.20"),
        Order(id: "6", type: "served", data: "Ada, 2 teas"),
        Order(id: "7", type: "paid", data: "Chen, 6.60"),
        Order(id: "8", type: "served", data: "Bo, 1 coffee"),
        Order(id: "9", type: "served", data: "Chen, 3 scones"),
    ]

    /// The orders that come after an event ID, as a server finds them in its log.
    ///
    /// An ID that it does not know, or none, means all of them.
    static func after(_ id: String?) -> ArraySlice<Order> {
        guard let index = all.firstIndex(where: { $0.id == id }) else { return all[...] }
        return all[(index + 1)...]
    }
}

extension Order {
    /// The order that an event tells of.
    init(_ event: ServerSentEvent) {
        self.init(id: event.lastEventID, type: event.type, data: event.data)
    }
}
