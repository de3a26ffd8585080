import Foundation
import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Through a whole stream, but without a network; the limit is the parser alone.
enum IteratorSuite: Suite {
    static let name = "iterator"

    static func run(_ report: Report) async throws {
        let bytes = Body.llm.bytes(size: 4 * 1024 * 1024)
        let chunks = bytes.chunks(of: 16 * 1024)
        let expected = try ParserSuite.parse(chunks)
        var configuration = EventStream.Configuration()
        configuration.transport = Replay(chunks: chunks)
        configuration.reconnection = .never
        guard let url = URL(string: "http://127.0.0.1/") else { return }
        let stream = EventStream(url: url, configuration: configuration)
        let speeds = try await Rounds.speeds(bytes: bytes.count) {
            var (events, length) = (0, 0)
            for try await event in stream {
                events += 1
                length &+= event.data.utf8.count
            }
            guard events == expected.events, length == expected.length else {
                throw ParserSuite.WrongCount(name: name, count: events)
            }
        } limit: {
            _ = try ParserSuite.parse(chunks)
        }
        report.add("iterator.llm", speeds.measured, unit: "MB/s", limit: speeds.limit)
    }

    /// A transport that has the whole answer at hand.
    private struct Replay: EventTransport {
        let chunks: [[UInt8]]

        func open(
            _ request: URLRequest, into channel: ResponseChannel
        ) -> any TransportConnection {
            channel.receive(
                ResponseHead(status: 200, headers: ["Content-Type": "text/event-stream"]))
            for chunk in chunks { channel.receive(chunk) }
            channel.finish()
            return Ended()
        }
    }

    private struct Ended: TransportConnection {
        func pause() {}
        func resume() {}
        func close() {}
    }
}
