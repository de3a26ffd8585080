#if os(Linux)
    import Foundation
    import MockServer
    import RealPrograms
    import Testing

    @testable import ServerSentEvents

    extension ConformanceTests {
        /// The same streams to this client and to Python's httpx-sse, which reads one connection.
        @Suite(
            .enabled("httpx-sse not installed, or no Python") {
                await RealClients.python() != nil
            })
        struct HTTPXTests {
            private static let cases: [(stream: ServedStream, theirs: [[String]])] = [
                // A byte order mark is text, here of the field's name.
                (stream("mark", "\u{FEFF}data: a\n\n"), []),
                // Whatever came before a blank line is an event.
                (stream("type-alone", "event: x\n\n"), [["event", "x", "", ""]]),
                (stream("retry-alone", "retry: 1\n\n"), [["event", "message", "", ""]]),
                // After an ID, every blank line is one.
                (
                    stream("blank-line", "id: 1\ndata: a\n\n\n"),
                    [["event", "message", "a", "1"], ["event", "message", "", "1"]]
                ),
                // The charset parameter counts.
                (
                    stream("charset", "data: é\n\n", "text/event-stream;charset=iso-8859-1"),
                    [["event", "message", "Ã©", ""]]
                ),
            ]

            private static func stream(
                _ name: String, _ text: String, _ type: String = "text/event-stream"
            ) -> ServedStream {
                let reply = Reply.stream([.raw(text), .end], headers: ["Content-Type": type])
                return ServedStream("/httpx/\(name)", ["/feed": [reply, .status(204)]])
            }

            private func httpx(_ streams: [ServedStream]) async throws -> [ClientReport] {
                let python = try #require(await RealClients.python())
                let script = RealClients.path("httpx_client.py")
                return try await ClientRun(streams) { server, body in
                    let arguments = [script, "http://127.0.0.1:\(server.port)"]
                    try await Companion.run(python, { _ in arguments }) { _ in try await body() }
                }.reports
            }

            /// All it makes out of nothing are events without data.
            @Test func tellsOfTheSameData() async throws {
                let streams = (ServedStream.random(200, seed: 11) + ServedStream.cases).filter {
                    $0.bodies.first?.bytes.starts(with: "\u{FEFF}".utf8) == false
                }
                let ours = try await ClientRun(streams, over: .memory).reports
                let theirs = try await httpx(streams)
                try #require(theirs.count == streams.count)
                for (one, other) in zip(ours, theirs) {
                    let (one, other) = (
                        one.dataOfTheFirstConnection, other.dataOfTheFirstConnection
                    )
                    #expect(one == other)
                }
                #expect(ours.contains { !$0.dataOfTheFirstConnection.isEmpty })
            }

            @Test func differsInThese() async throws {
                let ours = try await ClientRun(Self.cases.map(\.stream), over: .memory).reports
                let theirs = try await httpx(Self.cases.map(\.stream))
                try #require(theirs.count == Self.cases.count)
                for (index, (stream, lines)) in Self.cases.enumerated() {
                    #expect(
                        theirs[index].lines == [["open"]] + lines + [["closed"]], "\(stream.name)")
                    #expect(
                        ours[index].lines.prefix { $0 != ["error"] } != [["open"]] + lines,
                        "\(stream.name)")
                }
            }
        }
    }

    extension ClientReport {
        /// The events of the first connection that have data.
        fileprivate var dataOfTheFirstConnection: String {
            var report = self
            report.lines = lines.prefix { $0 != ["error"] }.filter {
                $0.first == "event" && !$0[2].isEmpty
            }
            return report.text
        }
    }
#endif
