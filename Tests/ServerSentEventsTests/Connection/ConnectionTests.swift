import MockServer
import Testing

@testable import ServerSentEvents

/// The watch over one connection.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    private let clock = ManualClock()

    private func connection(_ time: TimeSource) -> ServerSentEvents.Connection {
        let limits = FlowControl.Limits(high: 1000, low: 300, maximum: 2000)
        return ServerSentEvents.Connection(
            channel: ResponseChannel(limits: limits, time: time), time: time, control: nil)
    }

    @Test func aWatchThatIsReplacedIsNoMore() async throws {
        let connection = connection(TimeSource(clock))
        connection.watch(.head(.seconds(5)))
        try await clock.sleepers(1)
        connection.watch(.body(.seconds(10)))
        while clock.deadlines.map(\.offset) != [.seconds(10)] { await Task.yield() }
        clock.advance(by: .seconds(10))
        guard case .end(.timedOut, at: .seconds(10)) = await connection.channel.next() else {
            Issue.record("the answer has not ended after ten seconds")
            return
        }
    }

    /// The other tests of silence move a clock by hand.
    @Test func silenceIsNoticedByTheClockOfTheSystem() async {
        let connection = connection(TimeSource(ContinuousClock()))
        connection.channel.receive([1])
        connection.watch(.silence(.milliseconds(1)))
        guard case .chunks([[1]]) = await connection.channel.next(),
            case .end(.timedOut, at: _) = await connection.channel.next()
        else {
            Issue.record("the answer has not ended after its only byte")
            return
        }
    }

    @Test func silenceMayLastForEver() async throws {
        let connection = connection(TimeSource(clock))
        clock.advance(by: .seconds(1))
        connection.channel.receive([1])
        connection.watch(.silence(Duration(attoseconds: .max)))
        try await clock.sleepers(1)
        guard case .chunks([[1]]) = await connection.channel.next() else {
            Issue.record("the byte was not delivered")
            return
        }
    }

    @Test func whatIsLetGoIsClosedAndNotWatchedAnyMore() async throws {
        var connection: ServerSentEvents.Connection? = connection(TimeSource(clock))
        connection?.watch(.silence(.seconds(10)))
        let channel = connection?.channel
        try await clock.sleepers(1)
        connection = nil
        while !clock.deadlines.isEmpty { await Task.yield() }
        if let part = await channel?.next() { Issue.record("delivered \(part)") }
    }
}
