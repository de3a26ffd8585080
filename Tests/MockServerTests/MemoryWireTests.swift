import Testing

@testable import MockServer
@testable import ServerSentEvents

@Suite(.timeLimit(.minutes(1)))
struct MemoryWireTests {
    /// The client's end of a wire, as a stream holds it.
    private final class End: TransportConnection {
        private let wire: MemoryWire

        init(_ wire: MemoryWire) { self.wire = wire }

        func pause() { wire.pause() }
        func resume() { wire.resume() }
        func close() { _ = wire.close() }
    }

    private func attempt(_ text: String, on wire: MemoryWire) -> Bool {
        if case .took = wire.attempt(Array(text.utf8)[...]) { true } else { false }
    }

    @Test("The server waits for a full stream, though its connection was not told to pause")
    func waitsUntold() async throws {
        let channel = ResponseChannel(
            limits: .init(high: 200, low: 10, maximum: 1_000),
            time: TimeSource(ContinuousClock()))
        let wire = MemoryWire(method: "GET", channel: channel)
        wire.activate { _ in }
        let chunk = String(repeating: "x", count: 100)
        #expect(attempt("HTTP/1.1 200 OK\r\n\r\n", on: wire))
        #expect(attempt(chunk, on: wire))
        #expect(attempt(chunk, on: wire))
        // Two chunks and what an array costs are more than 200 bytes, and there is nobody to tell.
        #expect(!attempt(chunk, on: wire))

        channel.attach(End(wire))
        _ = await channel.next()
        guard case .chunks(let chunks) = await channel.next() else {
            Issue.record("there are chunks to take")
            return
        }
        #expect(chunks.count == 2)
        async let last = channel.next()
        try await wire.room()
        #expect(attempt(chunk, on: wire))
        guard case .chunks(let more) = await last else {
            Issue.record("there is a chunk to take")
            return
        }
        #expect(more.count == 1)
    }
}
