import Chaos
import Foundation
import ServerSentEvents
import Synchronization

/// Many streams that meet every fault of the mock server for minutes: every event has to come, once
/// and in order.
final class ChaosSoak: Sendable {
    /// How long the streams may take to their end once the time is over.
    private static let grace = Duration.seconds(60)

    private let options: ChaosOptions
    private let tempo = ChaosTempo()
    private let feeds: [ChaosFeed]
    private let sequels: Mutex<[Sequel]>
    private let open: Mutex<Set<Int>>

    init(_ options: ChaosOptions) {
        self.options = options
        let isURLSession = options.transport.name.hasPrefix("urlSession")
        let excluded = isURLSession ? Fault.fatalToURLSession : []
        let tempo = tempo
        feeds = (0..<options.streams).map {
            ChaosFeed(seed: options.seed, stream: $0, tempo: tempo, without: excluded)
        }
        sequels = Mutex(feeds.map { Sequel(of: $0) })
        open = Mutex(Set(feeds.indices))
    }

    /// Returns whether every event came once and in order, and every stream to its end.
    func run() async throws -> Bool {
        Usage.raiseDescriptorLimit()
        let descriptors = Usage.descriptors
        let server = ChaosServer(feeds)
        let port = try await server.start()
        print(
            "chaos: \(options.streams) streams over \(options.transport.name) for",
            "\(options.seconds) s, seed \(options.seed)")
        let streams = feeds.indices.map { index in
            Task { [self] in try await follow(index, port: port) }
        }
        try await watch(server, port: port)
        server.close()
        let hasEnded = try await waitForTheEnd()
        var failures: [String] = []
        for (index, stream) in streams.enumerated() {
            stream.cancel()
            if case .failure(let error) = await stream.result {
                failures.append("stream \(index): \(error)")
            }
        }
        await server.stop()
        for failure in failures.prefix(10) { print(failure) }
        return report(server, hasEnded, failures.count, descriptors)
    }

    // MARK: The streams

    private func follow(_ index: Int, port: Int) async throws {
        guard let url = URL(string: "http://127.0.0.1:\(port)/feed/\(index)") else {
            throw Child.Failure(text: "\(port)")
        }
        let configuration = tempo.configuration(
            options.transport.transport, generator: SystemRandomNumberGenerator())
        for try await event in EventStream(url: url, configuration: configuration) {
            guard event.type != ChaosFeed.endType else {
                sequels.withLock { $0[index].end(at: Int(event.data) ?? .max) }
                _ = open.withLock { $0.remove(index) }
                return
            }
            sequels.withLock { $0[index].note(event) }
        }
    }

    // MARK: The time

    /// Lets the time pass, and replaces the server from time to time.
    private func watch(_ server: ChaosServer, port: Int) async throws {
        // Often, as the heap does not shrink again once a long journal is gone.
        let rounds = min(100, 20 * options.seconds)
        let clock = ContinuousClock()
        let start = clock.now
        for round in 1...rounds {
            let time = Duration.seconds(options.seconds) * round / rounds
            try await clock.sleep(until: start.advanced(by: time))
            await server.stop()
            try await server.start(port: port)
            // Always at the same moment: there is no journal yet.
            if round.isMultiple(of: rounds / 10) {
                print(sample(server, percent: round * 100 / rounds))
            }
        }
    }

    private func sample(_ server: ChaosServer, percent: Int) -> String {
        let connections = server.counts.values.reduce(0, +)
        let events = sequels.withLock { $0.reduce(0) { $0 + $1.last } }
        let memory = (Usage.memory / 1e5).rounded() / 10
        return "\(percent) %: \(connections) connections, \(events) events, \(memory) MB resident, "
            + "\(Int(Usage.descriptors)) descriptors"
    }

    private func waitForTheEnd() async throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: Self.grace)
        while open.withLock({ !$0.isEmpty }) {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(50))
        }
        return true
    }

    // MARK: What came of it

    private func report(
        _ server: ChaosServer, _ hasEnded: Bool, _ failures: Int, _ descriptorsBefore: Double
    ) -> Bool {
        let counts = server.counts
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(name): \(count)") }
        print("  restarts of the server: \(server.restarts)")
        let sequels = sequels.withLock { $0 }
        let (lost, repeated, altered) = sequels.reduce((0, 0, 0)) {
            ($0.0 + $1.lost, $0.1 + $1.repeated, $0.2 + $1.altered)
        }
        let open = open.withLock { $0 }.sorted()
        print(
            "\(counts.values.reduce(0, +)) connections, \(sequels.reduce(0) { $0 + $1.last }) events:",
            "lost \(lost), repeated \(repeated), altered \(altered), failed \(failures),",
            "hung \(hasEnded ? 0 : open.count)")
        print(
            "descriptors: \(Int(descriptorsBefore)) before,",
            "\(Int(Usage.descriptors)) after")
        if !open.isEmpty { print("not at their end: \(open.prefix(20))") }
        return lost + repeated + altered + failures + open.count == 0
    }
}
