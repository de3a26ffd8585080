#if os(Linux)
    import Foundation
    import MockServer
    import RealPrograms
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// The same streams to this client and to the `EventSource` of Node.
        @Suite(
            .enabled("no Node from 22 on installed") {
                await RealClients.node() != nil
            })
        struct NodeTests {
            private static let differing: [ServedStream] = [
                // An ID that is not Latin-1 is never sent, and no request is made any more.
                ServedStream("/node/wide-id", [.init(bytes: Array("retry: 1\n\nid: 漢\n\n".utf8))]),
                // An empty ID resets nothing.
                ServedStream(
                    "/node/empty-id",
                    [.init(bytes: Array("retry: 1\n\nid: 1\n\nid\ndata: a\n\n".utf8))]),
            ]

            @Test func differsOnlyInThese() async throws {
                let all = ServedStream.random(200, seed: 13).map { stream in
                    // Here a reconnection time counts with the blank line after it.
                    let bodies = stream.bodies.map { body in
                        let bytes = body.bytes + Array("\n\nretry: 1\n\n".utf8)
                        return ServedStream.Body(bytes: bytes, end: body.end, piece: body.piece)
                    }
                    return ServedStream(stream.root, bodies)
                }
                let ours = try await ClientRun(all + Self.differing, over: .libcurl)
                let differing = Self.differing.map(\.name)
                let like = ours.filter { stream, ids in
                    differing.contains(stream.name) || Self.isPlain(stream, ids)
                }
                let node = try #require(await RealClients.node())
                let arguments = ["--experimental-eventsource", RealClients.path("streams.mjs")]
                let theirs = try await ClientRun(like.streams, types: like.types) {
                    server, body in
                    let arguments = arguments + ["http://127.0.0.1:\(server.port)"]
                    try await Companion.run(node, { _ in arguments }, showsErrors: false) { _ in
                        try await body()
                    }
                }
                let differences = like.differences(from: theirs)
                #expect(differences.keys.sorted() == differing.sorted(), "\(differences)")
                #expect(like.streams.count > 50)
            }

            /// Whether no ID is anything but ASCII, and none empty.
            private static func isPlain(_ stream: ServedStream, _ ids: [String]) -> Bool {
                let lines = stream.bodies.flatMap { body in
                    body.bytes.split { $0 == 0x0A || $0 == 0x0D }
                }
                return ids.allSatisfy { $0.utf8.allSatisfy { (0x20..<0x7F) ~= $0 } }
                    && !lines.contains {
                        ["id", "id:", "id: "].contains(String(decoding: $0, as: UTF8.self))
                    }
            }
        }
    }
#endif
