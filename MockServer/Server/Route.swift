/// What answers the requests on one path.
enum Route: Sendable {
    case script(ReplyQueue)
    case handler(@Sendable (Connection) async throws -> Void)
    /// Its handler has failed, and is not called again.
    case failed(Issue)
}

/// The replies scripted for one path, and how many of them were played.
struct ReplyQueue: Sendable {
    /// A reply and where it was scripted.
    struct Item: Sendable {
        var reply: Reply
        var place: SourcePlace
    }

    private(set) var items: [Item] = []
    private var played = 0

    /// Whether the last reply is repeated for ever.
    var repeatsLast: Bool { items.last?.reply == .repeatLast }

    /// How many replies there are, `.repeatLast` not counted.
    var count: Int { items.count - (repeatsLast ? 1 : 0) }

    /// Adds replies.
    ///
    /// - Parameters:
    ///   - replies: The replies, in order.
    ///   - place: Where they were scripted.
    /// - Returns: What makes no sense, with the number of the reply.
    mutating func append(
        _ replies: [Reply], at place: SourcePlace
    ) -> [(reply: Int, problem: Reply.Problem)] {
        var problems: [(reply: Int, problem: Reply.Problem)] = []
        for reply in replies {
            let number = items.count + 1
            if items.isEmpty, reply == .repeatLast {
                problems.append((number, .init(text: ".repeatLast has no reply before it")))
            }
            if repeatsLast {
                problems.append((number, .init(text: "\(reply) comes after .repeatLast")))
            }
            problems += reply.problems.map { (number, $0) }
            items.append(Item(reply: reply, place: place))
        }
        return problems
    }

    /// Takes the next reply.
    ///
    /// - Returns: The reply and its number, or `nil` if all are played.
    mutating func next() -> (reply: Reply, number: Int)? {
        if played < count {
            played += 1
            return (items[played - 1].reply, played)
        }
        guard repeatsLast, count > 0 else { return nil }
        return (items[count - 1].reply, count)
    }

    /// The replies that no request came for, with their numbers.
    var unplayed: [(item: Item, number: Int)] {
        (played..<max(played, count)).map { (items[$0], $0 + 1) }
    }
}
