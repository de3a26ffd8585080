import Foundation
import MockServer
import ServerSentEvents

/// What tests that use the mock server wait for.
///
/// - `mock-server.leave`: from a subscriber's close until its channel counts one less; the limit is
///   the time in which the server sees a bare socket close, without a channel.
/// - `mock-server.backoff`: a reconnection after 30 s on a manual clock, in memory; the limit is the
///   same reconnection without any delay.
enum MockServerSuite: Suite {
    static let name = "mock-server"

    private static let rounds = 200

    static func run(_ report: Report) async throws {
        var leaves: [Double] = []
        var closes: [Double] = []
        var backoffs: [Double] = []
        var reconnects: [Double] = []
        for _ in 0..<rounds {
            closes.append(try await close())
            leaves.append(try await leave())
            reconnects.append(try await reconnect(after: .zero))
            backoffs.append(try await reconnect(after: .seconds(30)))
        }
        for percent in [50, 99] {
            report.add(
                "mock-server.leave.p\(percent)", leaves.percentile(percent), unit: "ms",
                limit: closes.percentile(percent))
            report.add(
                "mock-server.backoff.p\(percent)", backoffs.percentile(percent), unit: "ms",
                limit: reconnects.percentile(percent))
        }
    }

    private static func leave() async throws -> Double {
        try await MockEventServer.run { server in
            let room = server.channel("/feed")
            let socket = try RawSocket.asking(for: "/feed", port: UInt16(server.port))
            try await room.subscribers(atLeast: 1)
            return try await milliseconds {
                Foundation.close(socket)
                try await room.subscribers(atMost: 0)
            }
        }
    }

    private static func close() async throws -> Double {
        try await MockEventServer.run { server in
            server.script("/feed", [.stream([.hold])])
            let socket = try RawSocket.asking(for: "/feed", port: UInt16(server.port))
            let connection = try await server.connection(1, on: "/feed")
            return try await milliseconds {
                Foundation.close(socket)
                try await connection.ended()
            }
        }
    }

    private static func reconnect(after delay: Duration) async throws -> Double {
        let clock = ManualClock()
        return try await MockEventServer.run(clock: clock) { server in
            server.script(
                "/feed",
                [
                    .stream([.retry(delay), .event("one", id: "1"), .drop(.reset)]),
                    .stream([.event("two", id: "2"), .hold]),
                ])
            var configuration = EventStream.Configuration()
            configuration.transport = server.transport
            configuration.clock = clock
            configuration.timeouts.open = nil
            configuration.timeouts.idle = nil
            var policy = ReconnectionPolicy.default
            policy.minimumDelay = .zero
            configuration.reconnection = policy
            let stream = EventStream(url: server.url("/feed"), configuration: configuration)
            return try await milliseconds {
                async let events = stream.prefix(2).reduce(into: 0) { count, _ in count += 1 }
                if delay > .zero {
                    try await clock.sleepers(1)
                    clock.advanceToNextSleeper()
                }
                _ = try await events
            }
        }
    }

    private static func milliseconds(_ body: () async throws -> Void) async throws -> Double {
        let start = ContinuousClock.now
        try await body()
        return start.duration(to: .now) / .milliseconds(1)
    }
}
