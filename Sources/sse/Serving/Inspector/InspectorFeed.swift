import Locking
import MockServer

/// What the pages are told: each what has changed since it was told last, however much that is.
final class InspectorFeed: Sendable {
    enum Item {
        case connection(InspectorEntry)
        case gate(String)
    }

    private struct Reader {
        let news: AsyncStream<Void>.Continuation
        var changed: Set<Int> = []
        var toldGates = 0
    }

    private struct State {
        var count = 0
        var connections: [Int: Connection] = [:]
        var numbers: [ObjectIdentifier: Int] = [:]
        /// The numbers of those that have ended, for forgetting.
        var ended: [Int] = []
        var openedGates: [String] = []
        var readerCount = 0
        var readers: [Int: Reader] = [:]
    }

    /// A page that is opened late is not told of more.
    static let limit = 500

    private let state = Protected(State())

    /// The connections that have not ended, in their order.
    var open: [Connection] {
        state.withLock { state in
            let ended = Set(state.ended)
            return state.connections.filter { !ended.contains($0.key) }
        }.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Notes what happened on a connection; never blocks.
    func note(_ connection: Connection, _ change: Connection.Change) {
        state.withLock { state in
            if change == .came { Self.add(connection, to: &state) }
            guard let number = state.numbers[ObjectIdentifier(connection)] else { return }
            if change == .ended { state.ended.append(number) }
            for reader in state.readers.keys {
                state.readers[reader]?.changed.insert(number)
                state.readers[reader]?.news.yield()
            }
        }
    }

    /// Notes that a gate was opened.
    func noteOpened(_ gate: String) {
        state.withLock { state in
            guard !state.openedGates.contains(gate) else { return }
            state.openedGates.append(gate)
            for reader in state.readers.values { reader.news.yield() }
        }
    }

    /// Begins to tell a page: of all that is known, and of what will change.
    func join() -> (reader: Int, news: AsyncStream<Void>) {
        let (news, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        let reader = state.withLock { state in
            state.readerCount += 1
            state.readers[state.readerCount] = Reader(
                news: continuation, changed: Set(state.connections.keys))
            return state.readerCount
        }
        return (reader, news)
    }

    /// Ends what `join` began.
    func leave(_ reader: Int) {
        state.withLock { $0.readers[reader] = nil }
    }

    /// What a page was not told yet.
    func changes(for reader: Int) -> [Item] {
        let (gates, connections) = state.withLock { state -> ([String], [(Int, Connection)]) in
            let gates = state.openedGates.dropFirst(state.readers[reader]?.toldGates ?? 0)
            let changed = state.readers[reader]?.changed.sorted() ?? []
            state.readers[reader]?.toldGates = state.openedGates.count
            state.readers[reader]?.changed = []
            let connections = changed.compactMap { number in
                state.connections[number].map { (number, $0) }
            }
            return (Array(gates), connections)
        }
        return gates.map { .gate($0) }
            + connections.map { .connection(InspectorEntry($1, number: $0)) }
    }

    private static func add(_ connection: Connection, to state: inout State) {
        state.count += 1
        state.connections[state.count] = connection
        state.numbers[ObjectIdentifier(connection)] = state.count
        // Open ones stay, as they can be acted upon.
        guard state.connections.count > limit, !state.ended.isEmpty else { return }
        if let gone = state.connections.removeValue(forKey: state.ended.removeFirst()) {
            state.numbers[ObjectIdentifier(gone)] = nil
        }
    }
}
