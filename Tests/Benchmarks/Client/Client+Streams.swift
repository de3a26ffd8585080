import Foundation
import ServerSentEvents

extension Client {
    /// Ten events on each of many streams.
    func streams(_ count: Int) async throws {
        Usage.raiseDescriptorLimit()
        for try await _ in try tested.stream("tick", port: port) { break }
        let memoryBefore = Usage.memory
        let (start, cpuBefore, peak) = (ContinuousClock.now, Usage.cpu, PeakMemory())
        let stream = try tested.stream("tick", port: port)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await stream.prefix(10).reduce(into: 0) { events, _ in events += 1 }
                }
            }
            for try await events in group { try check(events, 10) }
        }
        say("seconds", seconds(since: start))
        say("cpu", Usage.cpu - cpuBefore)
        say("rss", (peak.stop() - memoryBefore) / Double(count))
    }
}
