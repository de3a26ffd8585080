import ServerSentEvents

/// What the demo received, held against what it should have.
struct Tally: Equatable {
    private(set) var orders: [Order] = []
    private(set) var connections = 0
    private(set) var drops = 0
    private(set) var refusals = 0

    mutating func count(_ update: EventStream.Update) {
        switch update {
        case .connecting: connections += 1
        case .event(let event): orders.append(Order(event))
        case .disconnected(let disconnect):
            if disconnect.reason.code == .refused { refusals += 1 } else { drops += 1 }
        case .open, .comment, .diagnostic: break
        }
    }

    /// How many of the expected orders never came, or came damaged.
    func lost(of expected: [Order]) -> Int {
        expected.count { !orders.contains($0) }
    }

    /// How many events came again.
    var repeated: Int { orders.count - Set(orders.map(\.id)).count }

    func isPerfect(for expected: [Order]) -> Bool {
        lost(of: expected) == 0 && repeated == 0
    }

    /// The line that a person, or a script, looks for.
    func summary(of expected: [Order]) -> String {
        """
        \(counted(orders.count, "event")) received, \(counted(connections, "connection")), \
        \(counted(drops, "drop")) and \(counted(refusals, "refusal")) survived: \
        lost \(lost(of: expected)), repeated \(repeated)
        """
    }

    private func counted(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
