import Foundation
import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Through a whole stream, but without a network; the limit is the parser alone.
enum IteratorSuite: Suite {
    static let name = "iterator"

    static func run(_ report: Report) async throws {
        let work = try workload()
        let chunks = work.bytes.chunks(of: chunkSize)
        let speeds = try await Rounds.speeds(bytes: work.bytes.count) {
            _ = try await work.run()
        } limit: {
            _ = try ParserSuite.parse(chunks)
        }
        report.add(work.name, speeds.measured, unit: "MB/s", limit: speeds.limit)
    }

    private static let chunkSize = 16 * 1024

    static func workload() throws -> Workload {
        let bytes = Body.llm.bytes(size: 4 * 1024 * 1024)
        let chunks = bytes.chunks(of: chunkSize)
        let expected = try ParserSuite.parse(chunks)
        var configuration = EventStream.Configuration()
        configuration.transport = Replay(chunks: chunks)
        configuration.reconnection = .never
        guard let url = URL(string: "http://127.0.0.1/") else { throw URLError(.badURL) }
        let stream = EventStream(url: url, configuration: configuration)
        let name = "\(name).\(Body.llm.name)"
        return Workload(name: name, body: .llm, bytes: bytes, events: expected.events) {
            var (events, length) = (0, 0)
            for try await event in stream {
                events += 1
                length &+= event.data.utf8.count
            }
            guard events == expected.events, length == expected.length else {
                throw Workload.WrongCount(name: name, count: events)
            }
            return length
        }
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
