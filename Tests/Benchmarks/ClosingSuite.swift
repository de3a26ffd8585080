import Foundation
import MockServer
import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// How long it takes from leaving a stream until the server sees the connection close.
///
/// The limit is a bare socket that is closed.
enum ClosingSuite: Suite {
    static let name = "closing"

    private static let rounds = 200

    static func run(_ report: Report) async throws {
        var bare: [Double] = []
        var left: [Double] = []
        var cancelled: [Double] = []
        for _ in 0..<rounds {
            bare.append(try await milliseconds { try await closeASocket(to: $0) })
            left.append(try await milliseconds { try await leaveTheLoop(of: stream($0)) })
            cancelled.append(try await milliseconds { try await cancelTheTask(of: stream($0)) })
        }
        let limits = (middle: bare.percentile(50), end: bare.percentile(99))
        for (way, times) in [("break", left), ("cancel", cancelled)] {
            report.add(
                "closing.urlSession.\(way).p50", times.percentile(50), unit: "ms",
                limit: limits.middle)
            report.add(
                "closing.urlSession.\(way).p99", times.percentile(99), unit: "ms",
                limit: limits.end)
        }
    }

    /// The time from the moment that a client returns until the server has seen it leave.
    private static func milliseconds(
        _ client: (URL) async throws -> ContinuousClock.Instant
    ) async throws -> Double {
        try await MockEventServer.run { server in
            server.script("/feed", [.stream([.event("one"), .hold])])
            let start = try await client(server.url("/feed"))
            try await server.connection(1, on: "/feed").ended()
            return (ContinuousClock.now - start) / .milliseconds(1)
        }
    }

    private static func stream(_ url: URL) -> EventStream {
        EventStream(url: url)
    }

    private static func leaveTheLoop(
        of stream: EventStream
    ) async throws -> ContinuousClock.Instant {
        var start = ContinuousClock.now
        for try await _ in stream {
            start = .now
            break
        }
        return start
    }

    private static func cancelTheTask(
        of stream: EventStream
    ) async throws -> ContinuousClock.Instant {
        let (received, receive) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            for try await _ in stream { receive.yield() }
        }
        for await _ in received { break }
        let start = ContinuousClock.now
        task.cancel()
        try await task.value
        return start
    }

    private static func closeASocket(to url: URL) async throws -> ContinuousClock.Instant {
        let port = UInt16(url.port ?? 0)
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try RawSocket.readOnceAndClose(port: port) })
            }
        }
    }
}
