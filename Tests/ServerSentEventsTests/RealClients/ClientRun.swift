import Foundation
import MockServer

@testable import ServerSentEvents

/// What a client made of streams: what it was told, and what it asked for.
struct ClientRun: Sendable {
    private(set) var streams: [ServedStream]
    private(set) var reports: [ClientReport] = []
    private(set) var requests: [[Request]] = []

    /// Runs our client on all streams at once.
    init(
        _ streams: [ServedStream], over tested: TestedTransport,
        _ policy: ReconnectionPolicy = .standard
    ) async throws {
        self.streams = streams
        (reports, requests) = try await MockEventServer.run(waitLimit: .seconds(60)) { server in
            server.serve(streams)
            var configuration = tested.configuration(for: server)
            configuration.reconnection = policy
            let reports = await withTaskGroup(of: (Int, ClientReport).self) { group in
                for (index, stream) in streams.enumerated() {
                    group.addTask { [configuration] in
                        (index, await ClientReport(of: stream.path, on: server, configuration))
                    }
                }
                var reports: [Int: ClientReport] = [:]
                for await (index, report) in group { reports[index] = report }
                return streams.indices.compactMap { reports[$0] }
            }
            return (reports, server.requests(of: streams))
        }
    }

    /// Runs another client, a program that gets the streams from `/streams` and tells of each at
    /// `/reports`.
    ///
    /// - Parameters:
    ///   - streams: The streams.
    ///   - types: The types of event that it shall listen for.
    ///   - program: Runs the program on a server for as long as the body takes.
    /// - Throws: If it does not tell of each in time.
    init(
        _ streams: [ServedStream], types: Set<String> = [],
        by program: (MockEventServer, () async throws -> Void) async throws -> Void
    ) async throws {
        self.streams = streams
        (reports, requests) = try await MockEventServer.run(waitLimit: .seconds(60)) { server in
            server.serve(streams)
            let index = Index(paths: streams.map(\.path), types: types.sorted())
            let json = String(decoding: try JSONEncoder().encode(index), as: UTF8.self)
            server.serve(json, as: "application/json", at: "/streams")
            server.serve(try RealClients.text("browser.html"), as: "text/html", at: "/")
            server.serve(
                try RealClients.text("streams.mjs"), as: "text/javascript", at: "/streams.mjs")
            server.handle("/reports") { try await $0.respond(.status(204)) }
            var reports: [String: ClientReport] = [:]
            try await program(server) {
                for number in 1...streams.count {
                    let body = try await server.connection(number, on: "/reports").request.body
                    let report = try JSONDecoder().decode(ClientReport.self, from: Data(body))
                    reports[report.path] = report
                }
            }
            return (streams.compactMap { reports[$0.path] }, server.requests(of: streams))
        }
    }

    /// What `/streams` says.
    private struct Index: Encodable {
        var paths: [String]
        var types: [String]
    }

    /// The types of all events.
    var types: Set<String> { Set(reports.flatMap(\.types)) }

    /// Those streams that are like this, by all the IDs that were told and sent.
    func filter(_ isLike: (ServedStream, _ ids: [String]) -> Bool) -> ClientRun {
        var run = self
        let kept = streams.indices.filter { index in
            let told = reports[index].lines.filter { $0.first == "event" }.map { $0[3] }
            return isLike(streams[index], told)
                && isLike(streams[index], requests[index].map { $0.lastEventID ?? "" })
        }
        run.streams = kept.map { streams[$0] }
        run.reports = kept.map { reports[$0] }
        run.requests = kept.map { requests[$0] }
        return run
    }

    /// How this run differs from one with at least its streams: for each by its name, if it does.
    func differences(from other: ClientRun) -> [String: String] {
        var differences: [String: String] = [:]
        for (index, stream) in streams.enumerated() {
            let one = text(at: index)
            let two = other.streams.firstIndex { $0.root == stream.root }.map(other.text)
            guard one != two else { continue }
            differences[stream.name] = "\(stream.replies)\nhere \(one)\nthere \(two ?? "nothing")"
        }
        return differences
    }

    private func text(at index: Int) -> String {
        "\(reports[index].text); asked \(requests[index].map(\.text))"
    }
}

extension MockEventServer {
    fileprivate func serve(_ text: String, as type: String, at path: String) {
        handle(path) {
            try await $0.respond(.status(200, headers: ["Content-Type": type], body: text))
        }
    }
}
