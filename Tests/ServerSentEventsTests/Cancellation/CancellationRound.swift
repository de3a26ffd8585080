import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

/// One stream, one task that iterates it, and one cancellation.
struct CancellationRound {
    let point: CancellationPoint
    /// Odd rounds iterate the updates; the remainder by 7 moves the moment a little.
    let number: Int
    let server: MockEventServer
    let transport: CountedTransport
    /// Where a connect stays without an answer, for the point that needs it.
    var crowded: URL?

    private let clock = ManualClock()
    private let here = AsyncStream.makeStream(of: Void.self)
    /// Has no element and no end.
    private let never = AsyncStream.makeStream(of: Void.self)

    init(
        _ point: CancellationPoint, number: Int, server: MockEventServer,
        transport: CountedTransport, crowded: URL? = nil
    ) {
        self.point = point
        self.number = number
        self.server = server
        self.transport = transport
        self.crowded = crowded
    }

    private var path: String { "/\(point)/\(number)" }

    func run() async throws {
        server.handle(path) { [point] connection in
            let isNext = connection.request.query == "next"
            try await connection.respond(isNext ? CancellationPoint.nextReply : point.reply)
        }
        let watched = WatchedTransport(
            transport,
            beforeOpen: { [point] in
                if point == .beforeTheConnect { withUnsafeCurrentTask { $0?.cancel() } }
            },
            afterOpen: { [point, here] in
                if point == .whileConnecting { here.continuation.yield() }
            })
        let stream = EventStream(
            url: crowded ?? server.url(path), configuration: configuration(watched))
        let task = Task { [number] in
            if number.isMultiple(of: 2) {
                try await consume(stream, watched) { _ in true }
            } else {
                try await consume(stream.updates, watched) { update in
                    if case .event = update { true } else { false }
                }
            }
        }
        try await arrive()
        for _ in 0..<number % 7 { await Task.yield() }
        if point == .atTheIdleTimeout {
            // Side by side: which comes first is a matter of chance.
            async let expiry: Void = expire()
            task.cancel()
            await expiry
        } else {
            task.cancel()
        }
        // Whether an event had been read is a matter of chance, the end is not.
        #expect(try await task.value <= 1)
        try await check()
    }

    private func configuration(_ transport: any EventTransport) -> EventStream.Configuration {
        var configuration = EventStream.Configuration.test(transport, clock: clock)
        configuration.timeouts.errorBody = .seconds(5)
        // There the delay is to be the only sleep.
        if point != .inTheDelay {
            configuration.timeouts.open = .seconds(60)
            configuration.timeouts.idle = .seconds(300)
        }
        configuration.terminator = .type("end")
        configuration.limits.bufferLow = 100
        configuration.limits.bufferHigh = 3000
        let token = self.transport.makeToken()
        configuration.prepareRequest = { [point, never, here] _, _ in
            _ = token
            guard point == .inPrepareRequest else { return }
            here.continuation.yield()
            for await _ in never.stream {}
            try Task.checkCancellation()
        }
        return configuration
    }

    /// Iterates to the end; returns how many events came.
    private func consume<Elements: AsyncSequence>(
        _ sequence: Elements, _ watched: WatchedTransport, isEvent: (Elements.Element) -> Bool
    ) async throws -> Int {
        if point == .beforeTheFirstNext { withUnsafeCurrentTask { $0?.cancel() } }
        var events = 0
        var iterator = sequence.makeAsyncIterator()
        while let element = try await iterator.next(isolation: #isolation) {
            guard isEvent(element) else { continue }
            events += 1
            guard point == .whilePaused else { continue }
            await watched.pulled(.pause)
            here.continuation.yield()
            for await _ in never.stream {}
        }
        if point == .afterTheEnd {
            here.continuation.yield()
            for await _ in never.stream {}
        }
        let isOver = try await iterator.next(isolation: #isolation) == nil
        #expect(isOver, "and it stays ended")
        return events
    }

    /// Waits until the task stands at the point, or is about to.
    private func arrive() async throws {
        switch point {
        case .beforeTheFirstNext, .beforeTheConnect: break
        case .inPrepareRequest, .whileConnecting, .whilePaused, .afterTheEnd:
            for await _ in here.stream { break }
        case .inTheDelay: try await clock.sleepers(1, within: .seconds(30))
        case .inTheBodyOfARedirect:
            do {
                try await server.connection(1, on: path).reached("here")
            } catch let error as MockServerError where error.code == .impossible {
                // The stream went on as soon as it had the head.
                try await server.connection(2, on: path).reached("here")
            }
        case .afterARedirect:
            try await server.connection(2, on: path).reached("here")
        default: try await server.connection(1, on: path).reached("here")
        }
    }

    private func expire() async {
        clock.advance(by: .seconds(300))
    }

    private func check() async throws {
        if let party = point.endingParty {
            let ending = try await server.connection(1, on: path).ended()
            #expect(ending.by == party)
        }
        if point == .afterARedirect {
            #expect(try await server.connection(2, on: path).ended().by == .client)
        }
    }
}
