import Foundation
import MockServer
import ServerSentEvents
import Testing

@testable import sse

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server with an inspector, as `sse serve` makes it.
struct InspectedServer {
    struct Answer {
        let status: Int
        let headers: [AnyHashable: Any]
        let body: String
    }

    let server: MockEventServer

    /// Runs a body with such a server, and stops it.
    static func run(
        _ script: Script, _ body: (InspectedServer) async throws -> Void
    ) async throws {
        let server = try MockEventServer(waitLimit: .seconds(30))
        server.script(script)
        let inspector = Inspector(of: server, playing: script)
        server.answerAside { inspector.handler(of: $0) }
        server.observe { inspector.note($0, $1) }
        let result = await Result { try await body(InspectedServer(server: server)) }
        await server.stop()
        try result.get()
    }

    func request(
        _ path: String, method: String = "GET", headers: [String: String] = [:], body: String = ""
    ) async throws -> Answer {
        var request = URLRequest(url: server.url(path))
        request.httpMethod = method
        if method == "POST" { request.httpBody = Data(body.utf8) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return Answer(
            status: answer.statusCode, headers: answer.allHeaderFields,
            body: String(decoding: data, as: UTF8.self))
    }

    /// Sends a command as the page does.
    func command(_ name: String, _ body: String) async throws -> Answer {
        try await request(
            "/.inspector/" + name, method: "POST",
            headers: [
                "Content-Type": "application/json",
                "Origin": "http://127.0.0.1:\(server.port)",
            ],
            body: body)
    }

    /// What a page is told.
    func told() -> EventStream.Iterator {
        EventStream(url: server.url("/.inspector/events")).makeAsyncIterator()
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
