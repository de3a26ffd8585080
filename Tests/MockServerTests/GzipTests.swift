import Foundation
import MockServer
import Testing

/// Compressed streams, as a raw socket sees them and the `gzip` program decodes them.
@Suite(.timeLimit(.minutes(1)))
struct GzipTests {
    private static let program = "/usr/bin/gzip"
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

    private func body(of reply: Reply) async throws -> (head: String, body: [UInt8]) {
        try await MockEventServer.run { server in
            server.script("/", [reply])
            let client = try await RawClient.get(
                "/", from: server.port, headers: ["Connection: close"])
            let (head, body) = split(await client.receiveAll().bytes)
            return (String(decoding: head, as: UTF8.self), body)
        }
    }

    /// What `gzip` makes of bytes, and whether it takes them for whole.
    private func decoded(_ bytes: [UInt8]) throws -> (bytes: [UInt8], isWhole: Bool) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = ["-dc"]
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "GzipTests-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (Array(data), process.terminationStatus == 0)
    }

    @Test(.enabled(if: isInstalled, "skipped: gzip is not installed"))
    func aStreamIsDecodedWhole() async throws {
        let long = Step.padding(200_000)
        let (head, body) = try await body(
            of: .gzip(
                [.event("one", id: "1"), long, .event("é").repeated(2), .end],
                framing: .closeDelimited))
        #expect(head.contains("\r\nContent-Encoding: gzip"))
        let expected =
            Array("id: 1\ndata: one\n\n:".utf8) + Array(repeating: 0x20, count: 199_998)
            + Array("\ndata: é\n\ndata: é\n\n".utf8)
        let (bytes, isWhole) = try decoded(body)
        #expect(isWhole)
        #expect(bytes == expected)
    }

    @Test(.enabled(if: isInstalled, "skipped: gzip is not installed"))
    func aDropLeavesOutTheEnd() async throws {
        let (_, body) = try await body(
            of: .gzip([.event("one"), .drop(.fin)], framing: .closeDelimited))
        let (bytes, isWhole) = try decoded(body)
        #expect(!isWhole)
        #expect(bytes == Array("data: one\n\n".utf8))
    }

    @Test func eachStepIsAChunkThatCanBeDecoded() async throws {
        let (_, body) = try await body(of: .gzip([.raw("ab"), .raw("c"), .end]))
        let block: [UInt8] = [0, 2, 0, 0xFD, 0xFF, 0x61, 0x62]
        let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        let end: [UInt8] = [1, 0, 0, 0xFF, 0xFF, 0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0]
        let expected =
            Array("11\r\n".utf8) + header + block + Array("\r\n6\r\n".utf8)
            + [0, 1, 0, 0xFE, 0xFF, 0x63] + Array("\r\nd\r\n".utf8) + end
            + Array("\r\n0\r\n\r\n".utf8)
        #expect(body == expected)
    }

    @Test func anEmptyStreamIsWholeToo() async throws {
        let (_, body) = try await body(of: .gzip([], framing: .closeDelimited))
        #expect(body.count == 10 + 5 + 8)
        if Self.isInstalled { #expect(try decoded(body) == ([], true)) }
    }

    @Test func theJournalCountsWhatTheStepsWrote() async throws {
        try await MockEventServer.run { server in
            server.script("/", [.gzip([.event("one"), .event("two").cut(afterBytes: 3), .end])])
            let client = try await RawClient.get("/", from: server.port)
            let connection = try await server.connection(1, on: "/")
            #expect(try await connection.ended().bytesSent == 14)
            #expect(connection.journalEntry.sent == ["\"one\"", "3 of 11 bytes of \"two\""])
            await client.close()
        }
    }
}
