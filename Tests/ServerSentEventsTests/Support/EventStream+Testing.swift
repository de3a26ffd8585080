import Foundation
import Testing

@testable import ServerSentEvents

extension URL {
    static func test(_ text: String = "http://127.0.0.1/feed") throws -> URL {
        try #require(URL(string: text))
    }
}

extension EventStream.Configuration {
    /// A configuration without timeouts, jitter, or a wait in real time.
    static func test(
        _ transport: any EventTransport, clock: any Clock<Duration> = ImmediateClock()
    ) -> EventStream.Configuration {
        var configuration = EventStream.Configuration()
        configuration.transport = transport
        configuration.clock = clock
        configuration.timeouts.open = nil
        configuration.timeouts.idle = nil
        configuration.timeouts.errorBody = nil
        configuration.reconnection = .default
        configuration.reconnection?.jitter = 0
        return configuration
    }
}

/// A stream whose nth request gets the nth answer, and its transport.
func scripted(
    on clock: any Clock<Duration> = ImmediateClock(), _ answers: [ScriptedTransport.Answer],
    configure: (inout EventStream.Configuration) -> Void = { _ in }
) throws -> (EventStream, ScriptedTransport) {
    let transport = ScriptedTransport(answers)
    var configuration = EventStream.Configuration.test(transport, clock: clock)
    configure(&configuration)
    return (EventStream(url: try .test(), configuration: configuration), transport)
}

extension EventStream {
    /// All events until the end.
    func all() async throws -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for try await event in self { events.append(event) }
        return events
    }

    /// The error that ends the stream, and what came before it.
    func failure(
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> (error: EventStreamError, events: [ServerSentEvent]) {
        var events: [ServerSentEvent] = []
        do throws(EventStreamError) {
            for try await event in self { events.append(event) }
        } catch {
            return (error, events)
        }
        return try #require(nil, "the stream did not fail", sourceLocation: sourceLocation)
    }
}

extension EventStream.Update {
    /// The update in one line.
    var line: String {
        switch self {
        case .connecting(let attempt): "connecting \(attempt)"
        case .open(let head): "open \(head.status)"
        case .event(let event): "event \(event.data)"
        case .comment(let text): "comment \(text)"
        case .diagnostic(let text): "diagnostic \(text)"
        case .disconnected(let disconnect):
            "disconnected \(disconnect.reason.code) \(disconnect.retryAfter.seconds)"
        }
    }
}
