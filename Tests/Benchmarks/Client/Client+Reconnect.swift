import Foundation
import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension Client {
    static let cycles = 2000

    /// Connections of ten events each, one after the other, through one stream.
    func reconnect() async throws {
        var (count, memory, descriptors) = (0, 0.0, 0.0)
        var start = ContinuousClock.now
        let stream = try tested.stream("flood/10", port: port)
        for try await _ in stream.prefix(Self.cycles * 10) {
            count += 1
            if count == 200 * 10 {
                memory = Usage.memory
                descriptors = Usage.descriptors
                start = .now
            }
        }
        try check(count, Self.cycles * 10)
        say("rate", Double(Self.cycles - 200) / seconds(since: start))
        say("rss", Usage.memory - memory)
        say("fds", Usage.descriptors - descriptors)
        say("limit", try await bareRate())
    }

    /// The rate of a bare URLSession.
    private func bareRate() async throws -> Double {
        guard let url = URL(string: "http://127.0.0.1:\(port)/flood/10") else { return 0 }
        let session = URLSession(configuration: .ephemeral)
        let start = ContinuousClock.now
        for _ in 0..<500 { _ = try await session.data(from: url) }
        return 500 / seconds(since: start)
    }
}
