import Chaos
import MockServer
import Synchronization

/// The feeds of all streams on one port, by a server that is replaced from time to time.
///
/// A mock server keeps a journal of all requests: replacing it is one more fault, and lets the memory
/// be compared.
final class ChaosServer: Sendable {
    private struct State {
        var server: MockEventServer?
        var restarts = 0
        var counts: [String: Int] = [:]
        var isClosing = false
        /// The last event of each stream, once it is known.
        var lasts: [Int: Int] = [:]
    }

    /// More events than there will be.
    private static let endless = 1 << 40

    private let feeds: [ChaosFeed]
    private let state = Mutex(State())

    init(_ feeds: [ChaosFeed]) {
        self.feeds = feeds
    }

    /// How often something happened to a connection, by name.
    var counts: [String: Int] { state.withLock { $0.counts } }

    var restarts: Int { state.withLock { $0.restarts } }

    /// Starts on a port below those that the system gives to clients, which would take it while the
    /// server is away.
    func start() async throws -> Int {
        let free = (20_000..<30_000).first { port in
            (try? MockEventServer(port: port)) != nil
        }
        return try await start(port: free ?? 0)
    }

    /// Starts on a port; returns which.
    @discardableResult
    func start(port: Int) async throws -> Int {
        let server = try await listening(on: port)
        let generation = state.withLock { $0.restarts }
        for (index, feed) in feeds.enumerated() {
            for isRedirected in [false, true] {
                let path = "/\(isRedirected ? "moved" : "feed")/\(index)"
                server.handle(path) { [weak self] connection in
                    let number = generation * 1_000_000 + connection.number
                    let seen = connection.request.lastEventID.flatMap { Int($0) } ?? 0
                    let (fault, reply) = feed.reply(
                        connection: number, seen: seen, last: self?.last(of: index, seen) ?? 0,
                        redirectingTo: isRedirected ? nil : "/moved/\(index)")
                    self?.count(fault?.rawValue ?? "end")
                    try await connection.respond(reply)
                }
            }
        }
        state.withLock { $0.server = server }
        return server.port
    }

    /// A socket of the server before may have the port for another moment.
    private func listening(on port: Int) async throws -> MockEventServer {
        for _ in 0..<100 {
            if let server = try? MockEventServer(port: port) { return server }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try MockEventServer(port: port)
    }

    func stop() async {
        let server = state.withLock { state in
            defer { (state.server, state.restarts) = (nil, state.restarts + 1) }
            return state.server
        }
        await server?.stop()
    }

    /// From now on, every stream comes to its end.
    func close() {
        state.withLock { $0.isClosing = true }
    }

    private func last(of index: Int, _ seen: Int) -> Int {
        state.withLock { state in
            guard state.isClosing else { return Self.endless }
            let last = state.lasts[index] ?? seen + 3
            state.lasts[index] = last
            return last
        }
    }

    private func count(_ name: String) {
        state.withLock { $0.counts[name, default: 0] += 1 }
    }
}
