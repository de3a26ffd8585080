import MockServer
import Testing

/// Clients that go on for ever are told that it was too much.
@Suite(.timeLimit(.minutes(1)))
struct EndlessRequestTests {
    /// A request that never ends: something that is repeated after a beginning.
    struct Endless: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let beginning: String
        let repeated: String
        let status: Int

        static let head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"

        static let all = [
            Endless(testDescription: "a request line", beginning: "", repeated: "x", status: 431),
            Endless(
                testDescription: "a field", beginning: "GET / HTTP/1.1\r\nX: ", repeated: "y",
                status: 431),
            Endless(
                testDescription: "fields", beginning: "GET / HTTP/1.1\r\n", repeated: "X: y\r\n",
                status: 431),
            Endless(testDescription: "empty lines", beginning: "", repeated: "\r\n", status: 431),
            Endless(
                testDescription: "chunks", beginning: head,
                repeated: "400\r\n" + String(repeating: "x", count: 1024) + "\r\n", status: 413),
            Endless(testDescription: "a chunk size", beginning: head, repeated: "0", status: 400),
            Endless(
                testDescription: "trailers", beginning: head + "0\r\n", repeated: "X: y\r\n",
                status: 431),
        ]
    }

    /// 3 MB: the server keeps what is within its limits, and reads the rest to be able to answer.
    @Test(arguments: Endless.all)
    func itIsRefused(_ endless: Endless) async throws {
        let server = try MockEventServer(waitLimit: .seconds(30))
        let client = try await RawClient.connect(to: server.port)
        try await client.send(endless.beginning)
        let count = 1_000_000 / endless.repeated.utf8.count
        let piece = Array(String(repeating: endless.repeated, count: count).utf8)
        for _ in 0..<3 { try await client.send(piece) }
        let (head, body, end) = await client.receiveAnswer()
        #expect(head.hasPrefix("HTTP/1.1 \(endless.status) "))
        #expect(body.contains(" longer than "))
        #expect(end == .fin)
        #expect(server.issues.map(\.kind) == [.unreadableRequest])
        #expect(server.journal.isEmpty)
        await server.stop()
    }
}
