import Foundation
import MockServer

/// What a person does to the connections that are open: the inspector's POST requests.
struct InspectorCommands: Sendable {
    /// The body of a command; each takes some of the members.
    private struct Body: Decodable {
        enum How: String, Decodable {
            /// In good order, as a script's `"end"`.
            case end
            case fin
            case reset
        }

        /// The connections of one path, or else all of them.
        var path: String?
        /// One connection of the path, by the number that the journal gives it.
        var connection: Int?
        var data: String?
        var type: String?
        var id: String?
        var how: How?
        var gate: String?
    }

    let server: MockEventServer
    let feed: InspectorFeed

    /// Obeys a command.
    ///
    /// - Parameters:
    ///   - name: The command.
    ///   - json: Its body.
    /// - Returns: The answer: to how many connections something was done, or what is wrong.
    func reply(to name: String, _ json: [UInt8]) async -> Reply {
        let body: Body
        do {
            body = try JSONDecoder().decode(Body.self, from: Data(json))
        } catch {
            return .text("The body is no JSON that \(name) takes.", 400)
        }
        guard body.connection == nil || body.path != nil else {
            return .text("A connection is a number on a path, and path is missing.", 400)
        }
        let targets = feed.open.filter { connection in
            (body.path.map { $0 == connection.path } ?? true)
                && (body.connection.map { $0 == connection.number } ?? true)
        }
        switch name {
        case "send":
            return send(
                .event(
                    body.data ?? "", type: body.type.flatMap(\.nonempty),
                    id: body.id.flatMap(\.nonempty)),
                to: targets)
        case "drop":
            switch body.how {
            case .end, nil: return send(.end, to: targets)
            case .fin: await each(of: targets) { await $0.drop(.fin) }
            case .reset: await each(of: targets) { await $0.drop(.reset) }
            }
        case "stall":
            await each(of: targets) { try? await $0.stall() }
        case "resume":
            for target in targets { target.resume() }
        case "gate":
            guard let gate = body.gate else { return .text("gate is missing.", 400) }
            server.openGate(gate)
            feed.noteOpened(gate)
            return count(1)
        default:
            return .text("There is no such command.", 404)
        }
        return count(targets.count)
    }

    /// A script may be at a step that takes long, so nobody waits until the event is written; each
    /// task ends with its connection.
    private func send(_ step: Step, to targets: [Connection]) -> Reply {
        if let problem = step.problems.first { return .text("\(problem).", 400) }
        for target in targets { Task { try? await target.send(step) } }
        return count(targets.count)
    }

    private func each(
        of targets: [Connection], _ act: @escaping @Sendable (Connection) async -> Void
    ) async {
        await withTaskGroup { group in
            for target in targets { group.addTask { await act(target) } }
        }
    }

    private func count(_ number: Int) -> Reply {
        .text("{\"count\":\(number)}", "application/json")
    }
}

extension String {
    fileprivate var nonempty: String? { isEmpty ? nil : self }
}
