import Foundation
import MockServer
import ServerSentEvents

/// All that a client was told of a stream, in order.
struct ClientReport: Codable, Sendable {
    var path: String
    /// `open`; `event` with its type, data and last event ID; `error` before another attempt;
    /// `closed`, or `endless` where one attempt after the other fails.
    var lines: [[String]]

    /// The types of its events.
    var types: [String] {
        lines.filter { $0.first == "event" }.map { $0[1] }
    }

    /// The lines in ASCII, so that texts made of different scalars are not equal.
    var text: String {
        lines.map { $0.map(\.escaped).joined(separator: " ") }.joined(separator: ", ")
    }
}

extension Request {
    /// What the standard says of a request, in ASCII.
    ///
    /// In memory, no wire takes the white space around the values away.
    var text: String {
        let values = ["Last-Event-ID", "Accept", "Cache-Control"].map { name in
            headers[name]?.trimmingCharacters(in: .whitespaces).escaped ?? "-"
        }
        return ([path] + values).joined(separator: " ")
    }
}

extension String {
    fileprivate var escaped: String {
        "\"" + unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
    }
}

extension ClientReport {
    /// What our client is told.
    init(
        of path: String, on server: MockEventServer, _ configuration: EventStream.Configuration
    ) async {
        self.init(path: path, lines: [])
        let stream = EventStream(url: server.url(path), configuration: configuration)
        do {
            for try await update in stream.updates {
                switch update {
                case .open: lines.append(["open"])
                case .event(let event):
                    lines.append(["event", event.type, event.data, event.lastEventID])
                case .disconnected: lines.append(["error"])
                case .connecting, .comment, .diagnostic: break
                }
            }
        } catch {
            // A browser does not tell why it gives up either.
        }
        lines.append(["closed"])
    }
}
