import MockServer

/// A connection as the page shows it: what its journal entry says, in JSON.
struct InspectorEntry: Encodable {
    /// The number among all connections, by which commands name it.
    let connection: Int
    /// The number among those on its path.
    let number: Int
    let method: String
    let path: String
    let hasQuery: Bool
    let lastEventID: String?
    /// In milliseconds, since the server started.
    let startedAt: Int64
    let status: Int?
    let reply: Int?
    let step: Int
    let stepDescription: String?
    let sent: [String]
    let bytesSent: Int
    let isStalled: Bool
    let endedBy: String?
    let endedHow: String?
    /// In milliseconds, since the request.
    let endedAt: Int64?

    init(_ connection: Connection, number: Int) {
        let entry = connection.journalEntry
        self.connection = number
        self.number = entry.number
        method = entry.request.method
        path = entry.request.path
        hasQuery = entry.request.query != nil
        lastEventID = entry.request.lastEventID
        startedAt = entry.startedAt.milliseconds
        status = entry.status
        reply = entry.reply
        step = entry.step
        stepDescription = entry.stepDescription
        sent = entry.sent
        bytesSent = entry.bytesSent
        isStalled = connection.isStalled
        endedBy = entry.ending?.by.rawValue
        endedHow = entry.ending?.cause.rawValue
        endedAt = entry.ending?.at.milliseconds
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { Int64(self / .milliseconds(1)) }
}
