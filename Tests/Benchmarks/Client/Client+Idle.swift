import Foundation
import ServerSentEvents

extension Client {
    /// Milliseconds of CPU a second while one stream is open and silent.
    func idle() async throws {
        var events = try tested.stream("hold", port: port).makeAsyncIterator()
        _ = try await events.next()
        try await Task.sleep(for: .milliseconds(500))
        let (start, cpuBefore) = (ContinuousClock.now, Usage.cpu)
        try await Task.sleep(for: .seconds(4))
        say("cpu", (Usage.cpu - cpuBefore) * 1000 / seconds(since: start))
        withExtendedLifetime(events) {}
    }
}
