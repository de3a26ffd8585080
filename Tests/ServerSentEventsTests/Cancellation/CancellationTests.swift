#if os(Linux)
    import Foundation
    import Testing

    @testable import ServerSentEvents

    /// Many cancellations at every point leave nothing behind.
    ///
    /// No connection, no channel, no task, no descriptor; `SSE_CANCELLATIONS` says how many. Each in a
    /// process of its own, where no other test opens a descriptor; one after the other, as an exit test
    /// that waits for its process blocks a thread of the tasks.
    @Suite(.serialized, .timeLimit(.minutes(20)))
    struct CancellationTests {
        private static let count =
            ProcessInfo.processInfo.environment["SSE_CANCELLATIONS"].flatMap { Int($0) } ?? 400

        /// Seven in ten rounds are in memory, one in ten is over each transport.
        @Test func inMemoryNothingIsLeft() async {
            await #expect(processExitsWith: .success) {
                await Self.nothingIsLeft(
                    .memory, points: CancellationPoint.inMemory, rounds: Self.count * 7 / 10)
            }
        }

        @Test(arguments: TestedTransport.overSockets)
        func overSocketsNothingIsLeft(_ tested: TestedTransport) async {
            await #expect(processExitsWith: .success) { [tested] in
                await Self.nothingIsLeft(
                    tested, points: CancellationPoint.overSockets,
                    rounds: Self.count / 10)
            }
        }

        /// What goes wrong is an issue of this test; an error would only end the process.
        private static func nothingIsLeft(
            _ tested: TestedTransport, points: [CancellationPoint], rounds: Int
        ) async {
            // A process that hangs is ended by SIGALRM, and its test fails.
            alarm(60 + UInt32(clamping: rounds / 5))
            let all = CancellationRounds(tested)
            do {
                // What a process opens only once is opened here.
                try await all.run(points.count, at: points)
                let before = try descriptors()
                try await all.run(max(rounds, points.count), at: points)
                try await until("descriptors are still open") {
                    try descriptors().count <= before.count
                }
            } catch {
                Issue.record(error, "open: \((try? descriptors()) ?? [])")
            }
        }

        /// What is open, but for the timers of Dispatch: one is opened when it has to wait for the first
        /// time, perhaps only after this was asked before the rounds.
        private static func descriptors() throws -> [String] {
            let directory = "/proc/self/fd/"
            return try FileManager.default.contentsOfDirectory(atPath: directory)
                .compactMap {
                    try? FileManager.default.destinationOfSymbolicLink(atPath: directory + $0)
                }
                .filter { $0 != "anon_inode:[timerfd]" }
        }
    }
#endif
