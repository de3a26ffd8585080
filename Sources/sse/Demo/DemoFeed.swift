import MockServer

/// The server's side of the demo: a feed that resumes where `Last-Event-ID` says, and breaks.
enum DemoFeed {
    /// The type of the event by which the feed says that it is over.
    static let lastType = "closed"

    /// The pause before each event, for people to follow.
    private static let pause = Duration.milliseconds(250)

    static func answer(_ connection: Connection) async throws {
        let rest = Order.after(connection.request.lastEventID)
        switch connection.number {
        case 1:
            let cut = rest.dropFirst(3).prefix(1)
            try await connection.send(
                [.retry(.milliseconds(300))] + steps(rest.prefix(3)) + [.wait(pause)]
                    + cut.map { event($0).cut(afterBytes: 30) } + [.drop(.fin)])
        case 2:
            try await connection.send(steps(rest.prefix(2)) + [.wait(pause), .drop(.reset)])
        case 3:
            try await connection.respond(.status(503, retryAfter: .seconds(1)))
        default:
            try await connection.send(steps(rest) + [.event("", type: lastType), .hold])
        }
    }

    /// What the server did to end a connection, after "the server".
    static func story(ofConnection number: Int) -> String {
        switch number {
        case 1: "cut the connection inside a line of #4, after its id"
        case 2: "reset the connection"
        case 3: "answered 503, with Retry-After: 1"
        default: "ended the connection"
        }
    }

    private static func steps(_ orders: ArraySlice<Order>) -> [Step] {
        orders.flatMap { [.wait(pause), event($0)] }
    }

    private static func event(_ order: Order) -> Step {
        .event(order.data, type: order.type, id: order.id)
    }
}
