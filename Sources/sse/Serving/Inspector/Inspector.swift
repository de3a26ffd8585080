import Foundation
import MockServer

/// A page that shows what a served script does, and lets a person take part.
///
/// It is answered besides the script: its requests are in no journal and count nowhere.
struct Inspector: Sendable {
    /// What all its paths begin with; a script has none of those.
    static let root = "/.inspector/"

    private let server: MockEventServer
    private let script: Script
    private let feed = InspectorFeed()
    private let commands: InspectorCommands
    private let access: InspectorAccess

    init(of server: MockEventServer, playing script: Script) {
        self.server = server
        self.script = script
        commands = InspectorCommands(server: server, feed: feed)
        access = InspectorAccess(port: server.port)
    }

    /// The paths of a script that are the inspector's own.
    static func conflicts(with script: Script) -> [String] {
        script.replies.keys.filter { ($0 + "/").hasPrefix(root) }.sorted()
    }

    /// Notes what happened on a connection.
    func note(_ connection: Connection, _ change: Connection.Change) {
        feed.note(connection, change)
    }

    /// What answers a request, if it is the inspector's.
    ///
    /// The root of the server is, too, for browsers: unless the script has it.
    func handler(of request: Request) -> (@Sendable (Connection) async throws -> Void)? {
        if request.path.hasPrefix(Self.root) {
            return { try await answer($0, String($0.path.dropFirst(Self.root.count))) }
        }
        guard request.path == "/", script.replies["/"] == nil, request.method == "GET",
            request.headers["Accept"]?.contains("text/html") == true
        else { return nil }
        return { try await answer($0, "") }
    }

    private func answer(_ connection: Connection, _ name: String) async throws {
        if let refusal = access.refusal(of: connection.request) {
            return try await connection.respond(.text(refusal.sentence, refusal.status))
        }
        if connection.request.method == "POST" {
            return try await connection.respond(
                await commands.reply(to: name, connection.request.body))
        }
        switch name {
        case "events": try await tell(connection)
        case "script": try await connection.respond(.text(try json(script), "application/json"))
        default:
            let page = InspectorPage(name)
            try await connection.respond(page?.reply ?? .text("There is no such page.", 404))
        }
    }

    /// Tells a page what there is, and then what changes.
    private func tell(_ connection: Connection) async throws {
        let (reader, news) = feed.join()
        defer { feed.leave(reader) }
        var toldIssues = 0
        try await connection.send(.event("", type: "hello"))
        for await _ in news {
            let issues = server.issues
            for issue in issues.dropFirst(toldIssues) {
                try await connection.send(.event("\(issue)", type: "issue"))
            }
            toldIssues = issues.count
            for change in feed.changes(for: reader) {
                try await connection.send(change.step)
            }
            // What happens in between is told at once: a page is looked at by a person.
            try await ContinuousClock().sleep(for: .milliseconds(40))
        }
    }
}

extension InspectorFeed.Item {
    fileprivate var step: Step {
        get throws {
            switch self {
            case .connection(let entry): .event(try json(entry), type: "connection")
            case .gate(let name): .event(name, type: "gate")
            }
        }
    }
}

private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
