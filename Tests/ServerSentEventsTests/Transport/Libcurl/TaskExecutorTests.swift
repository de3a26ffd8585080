#if os(Linux)
    import Foundation
    import MockServer
    import Testing

    @testable import ServerSentEvents

    /// Loops that run on the thread which reads from the network.
    @Suite(.timeLimit(.minutes(1)))
    struct TaskExecutorTests {
        private func stream(_ server: MockEventServer, _ path: String) -> EventStream {
            var configuration = EventStream.Configuration.test(.libcurl)
            configuration.limits.bufferLow = 10_000
            configuration.limits.bufferHigh = 20_000
            configuration.limits.bufferMaximum = 100_000
            return EventStream(url: server.url(path), configuration: configuration)
        }

        /// Runs a loop where the network is read.
        private func onTheThread<Value: Sendable>(
            _ body: @escaping @Sendable () async throws -> Value
        ) async throws -> Value {
            let executor = try #require(LibcurlTransport.taskExecutor)
            return try await Task(executorPreference: executor, operation: body).value
        }

        @Test func theLoopRunsOnTheTransportsThread() async throws {
            try await MockEventServer.run { server in
                server.script(
                    "/feed", [.stream([.event("one"), .event("two"), .end]), .status(204)])
                let stream = stream(server, "/feed")
                let names = try await onTheThread {
                    var names: [String] = []
                    for try await event in stream { names.append(event.data + threadName()) }
                    return names
                }
                #expect(names == ["one libcurl", "two libcurl"])
            }
        }

        @Test func aFloodComesWholeAndInOrder() async throws {
            let count = 20_000
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.handle("/feed") { connection in
                    for first in stride(from: 1, through: count, by: 100) {
                        try await connection.send(
                            (first..<first + 100).map { .event("\($0)", id: "\($0)") })
                    }
                    try await connection.send([.hold])
                }
                let stream = stream(server, "/feed")
                let ids = try await onTheThread {
                    var ids: [String] = []
                    for try await event in stream {
                        ids.append(event.lastEventID)
                        if ids.count == count { break }
                    }
                    return ids
                }
                #expect(ids == (1...count).map(String.init))
                #expect(server.journal.count == 1)
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test func manyLoopsShareTheThread() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.handle("/feed") { try await $0.send([.event("one"), .event("two"), .hold]) }
                let stream = stream(server, "/feed")
                let counts = try await onTheThread {
                    try await withThrowingTaskGroup(of: Int.self) { group in
                        for _ in 0..<100 {
                            group.addTask {
                                var count = 0
                                for try await _ in stream {
                                    count += 1
                                    if count == 2 { break }
                                }
                                return count
                            }
                        }
                        return try await group.reduce(0, +)
                    }
                }
                #expect(counts == 200)
            }
        }

        @Test func cancellingEndsALoopThatWaits() async throws {
            try await MockEventServer.run(waitLimit: .seconds(30)) { server in
                server.script("/feed", [.stream([.event("one"), .mark("sent"), .hold])])
                let stream = stream(server, "/feed")
                let executor = try #require(LibcurlTransport.taskExecutor)
                let task = Task(executorPreference: executor) {
                    var count = 0
                    for try await _ in stream { count += 1 }
                    return count
                }
                let connection = try await server.connection(1, on: "/feed")
                try await connection.reached("sent")
                task.cancel()
                #expect(try await task.value <= 1)
                #expect(try await connection.ended().by == .client)
            }
        }
    }

    private func threadName() -> String { " " + (Thread.current.name ?? "") }
#endif
