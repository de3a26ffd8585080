// The names that examples in the documentation use without declaring them: see Docs/check.

import Foundation
import MockServer
import ServerSentEvents

var url: URL { preconditionFailure("examples are compiled, not run") }
var server: MockEventServer { preconditionFailure("examples are compiled, not run") }
var channel: ResponseChannel { preconditionFailure("examples are compiled, not run") }

var stream: EventStream { EventStream(url: url) }
var source: EventSource { EventSource(url: url) }
var update: EventStream.Update { .comment("") }
var event: ServerSentEvent { ServerSentEvent(data: "") }
var error: EventStreamError { EventStreamError(.refused, "") }
var parser: EventParser {
    get { EventParser() }
    set { _ = newValue }
}

let key = ""
let token = ""
let session = Session()
let store = Store()

struct Session {
    func token(refreshing: Bool) async throws -> String { "" }
}

struct Store {
    let lastEventID = ""
    func apply(_ data: String, lastEventID: String) throws {}
}

/// What an app makes of a stream.
struct Feed {
    private let stream: EventStream

    init(_ url: URL) {
        stream = EventStream(url: url)
    }

    func items(_ count: Int) async throws -> [String] {
        try await stream.prefix(count).reduce(into: []) { $0.append($1.data) }
    }
}

struct Price: Decodable, Sendable {
    let symbol: String
    let amount: Double
}

struct Alert: Decodable, Sendable {
    let text: String
}

enum Market: Sendable {
    case price(Price)
    case alert(Alert)
    case other(ServerSentEvent)
}

let book = Book()

struct Book: Sendable {
    func apply(_ event: ServerSentEvent) {}
}

struct Socket {
    func startReading() {}
    func stopReading() {}
    func shutDown() {}
}

func show(_ event: ServerSentEvent) {}
func showOffline() {}
func showReconnecting(in delay: Duration) {}
func signIn() {}
