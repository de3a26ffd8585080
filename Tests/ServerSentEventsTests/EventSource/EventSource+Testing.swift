import Locking
import MockServer
import Testing

@testable import ServerSentEvents

extension EventSource {
    /// A source of a server's path `/feed`, without a socket and without a wait in real time.
    convenience init(
        _ server: MockEventServer, clock: any Clock<Duration> = ImmediateClock(),
        configure: (inout EventStream.Configuration) -> Void = { _ in }
    ) {
        var configuration = EventStream.Configuration.test(server.transport, clock: clock)
        configure(&configuration)
        self.init(url: server.url("/feed"), configuration: configuration)
    }

    /// How many are listening.
    var listenerCount: Int { hub.state.withLock { $0.listenerCount } }

    /// Waits until the source waits for a listener.
    func waitsForAListener() async throws {
        try await until("the source waits for nobody") {
            hub.state.withLock { $0.source != nil }
        }
    }
}

extension EventSource.Events.Iterator {
    /// The data of so many events, or fewer at the end.
    mutating func data(_ count: Int) async throws -> [String] {
        var data: [String] = []
        while data.count < count, let event = try await next() { data.append(event.data) }
        return data
    }
}

extension EventSource.Events {
    /// The data of all events until the end.
    func data() async throws -> [String] {
        try await reduce(into: []) { $0.append($1.data) }
    }
}

extension Step {
    /// Events whose data and IDs are the numbers of a range.
    static func events(_ numbers: ClosedRange<Int>) -> [Step] {
        numbers.map { .event("\($0)", id: "\($0)") }
    }
}

/// The numbers of a range as the data of events.
func data(_ numbers: ClosedRange<Int>) -> [String] { numbers.map(String.init) }

/// Lets as many pass as it is opened times.
struct Gate: Sendable {
    private let openings: AsyncStream<Void>
    private let opening: AsyncStream<Void>.Continuation

    init() {
        (openings, opening) = AsyncStream.makeStream()
    }

    func open() {
        opening.yield()
    }

    /// Waits until it is opened, or the task is cancelled.
    func pass() async {
        for await _ in openings { return }
    }
}
