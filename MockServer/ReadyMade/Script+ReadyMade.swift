extension Script {
    /// A feed of six orders over four connections: cut inside a line, reset, refused once with 503,
    /// then served to its end.
    ///
    /// A client that resumes as it should receives the orders with the IDs 1 to 6 once each, of the
    /// types `placed`, `paid` and `served`; the type of the last event is `closed`.
    ///
    /// ```swift
    /// server.script(.orders(on: "/orders"))
    /// ```
    ///
    /// - Parameters:
    ///   - path: The path, without a query.
    ///   - retry: The reconnection time that the client is told, in whole milliseconds.
    /// - Returns: The script.
    public static func orders(on path: String, retry: Duration = .milliseconds(10)) -> Script {
        let orders: [Step] = [
            .event("Ada, 2 teas", type: "placed", id: "1"),
            .event("Bo, 1 coffee", type: "placed", id: "2"),
            .event("Ada, 5.00", type: "paid", id: "3"),
            .event("Bo, 3.20", type: "paid", id: "4"),
            .event("Ada, 2 teas", type: "served", id: "5"),
            .event("Bo, 1 coffee", type: "served", id: "6"),
        ]
        let replies: [Reply] = [
            .stream(
                [.retry(retry)] + orders[0...1] + [orders[2].cut(afterBytes: 20), .drop(.fin)]),
            .stream(orders[2...3] + [.drop(.reset)]),
            .status(503),
            .stream(orders[4...5] + [.event("", type: "closed"), .hold]),
        ]
        return [path: replies]
    }
}
