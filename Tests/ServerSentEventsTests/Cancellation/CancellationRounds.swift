import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

/// Many cancellations, one after the other, after which nothing is left of any.
struct CancellationRounds {
    private let tested: TestedTransport

    init(_ tested: TestedTransport) {
        self.tested = tested
    }

    /// Runs rounds at each of these points by turns.
    func run(_ count: Int, at points: [CancellationPoint]) async throws {
        try await MockEventServer.run(waitLimit: .seconds(30)) { server in
            let transport = CountedTransport(tested.transport(for: server))
            #if os(Linux)
                let listener = try RawListener(.crowded)
                let crowded: URL? = listener.url
                defer { withExtendedLifetime(listener) {} }
            #else
                let crowded: URL? = nil
            #endif
            for number in 0..<count {
                let point = points[number % points.count]
                let round = CancellationRound(
                    point, number: number / points.count, server: server, transport: transport,
                    crowded: point == .whileConnecting ? crowded : nil)
                try await round.run()
            }
            try await until("channels or streams are still alive") { transport.living == 0 }
            try await until("connections are still open") {
                server.journal.allSatisfy { $0.ending != nil }
            }
            // No request came later, say from a stream that was thought to be over.
            var requests: [String: Int] = [:]
            for entry in server.journal { requests[entry.request.path, default: 0] += 1 }
            for point in points {
                let counts = requests.filter { $0.key.hasPrefix("/\(point)/") }.values
                #expect(counts.max() ?? 0 <= point.requestLimit, "\(point)")
            }
        }
    }
}
