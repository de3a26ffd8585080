import Foundation
import ServerSentEvents

extension Client {
    /// Milliseconds of CPU a second while one stream is open and silent, and while one waits for its
    /// answer.
    func idle() async throws {
        var events = try tested.stream("hold", port: port).makeAsyncIterator()
        _ = try await events.next()
        say("cpu", try await cpuPerSecond())
        withExtendedLifetime(events) {}
        let stream = try tested.stream("silence", port: port)
        let task = Task { for try await _ in stream {} }
        say("unanswered", try await cpuPerSecond())
        task.cancel()
    }

    private func cpuPerSecond() async throws -> Double {
        try await Task.sleep(for: .seconds(1))
        let (start, cpuBefore) = (ContinuousClock.now, Usage.cpu)
        try await Task.sleep(for: .seconds(4))
        return (Usage.cpu - cpuBefore) * 1000 / seconds(since: start)
    }
}
