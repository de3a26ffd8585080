import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension ConformanceTests {
    /// A stream that is dropped at every byte, and resumed by the server from `Last-Event-ID`, yields
    /// exactly the same events as one that is never dropped.
    @Suite struct DropTests {
        private struct Feed: Sendable {
            /// The bytes of each event, in every form that the standard allows.
            let blocks: [[UInt8]]
            let events: [ServerSentEvent]

            init() {
                let forms: [@Sendable (Int) -> (String, type: String, data: String)] = [
                    { ("id: \($0)\ndata: \($0)\n\n", "message", "\($0)") },
                    { ("id:\($0)\r\nevent: p\r\ndata:é\r\n\r\n", "p", "é") },
                    { ("data: a\nid: \($0)\ndata\n: c\ndata: 日\n\n", "message", "a\n\n日") },
                    { (":\ndata: \($0)\rid: \($0)\r\r", "message", "\($0)") },
                ]
                let made = (1...40).map { id in forms[id % forms.count](id) }
                blocks = made.map { Array($0.0.utf8) }
                events = zip(1..., made).map { id, form in
                    ServerSentEvent(type: form.type, data: form.data, lastEventID: "\(id)")
                }
            }

            var bytes: [UInt8] { Array(blocks.joined()) }

            func bytes(after id: Int) -> [UInt8] { Array(blocks[id...].joined()) }
        }

        /// Transports that may end the process over a reset are reset at every 41st byte only.
        @Test(arguments: TestedTransport.overSockets, [Step.Drop.fin, .reset])
        func atEveryByteNothingIsLostAndNothingRepeated(
            _ tested: TestedTransport, by drop: Step.Drop
        ) async throws {
            let feed = Feed()
            let bytes = feed.bytes
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.handle("/feed") { connection in
                    if let seen = connection.request.lastEventID.flatMap({ Int($0) }) {
                        try await connection.send([
                            .raw(feed.bytes(after: seen)), .event("end", type: "end"), .hold,
                        ])
                    } else if let offset = connection.request.query.flatMap({ Int($0) }),
                        connection.request.headers["X-First"] == "1"
                    {
                        try await connection.send([.raw(Array(bytes[..<offset])), .drop(drop)])
                    } else {
                        try await connection.send([.raw(bytes), .event("end", type: "end"), .hold])
                    }
                }
                let step = tested.survivesResets || drop == .fin ? 1 : 41
                for offset in stride(from: 1, through: bytes.count, by: step) {
                    var configuration = tested.configuration
                    // Real timeouts: a connection that is never read from must not hang the test.
                    configuration.clock = ContinuousClock()
                    configuration.timeouts.open = .seconds(5)
                    configuration.timeouts.idle = .seconds(5)
                    configuration.reconnection?.baseDelay = .zero
                    configuration.reconnection?.minimumDelay = .zero
                    configuration.terminator = .type("end")
                    configuration.prepareRequest = { request, attempt in
                        let isFirst = attempt.previousFailure == nil
                        request.setValue(isFirst ? "1" : "2", forHTTPHeaderField: "X-First")
                    }
                    let stream = EventStream(
                        url: server.url("/feed?\(offset)"), configuration: configuration)
                    let events = try await stream.all()
                    try #require(events == feed.events, "dropped after \(offset) bytes")
                }
            }
        }
    }
}
