import Foundation
import ServerSentEvents

extension Client {
    /// Ten events on each of many streams.
    func streams(_ count: Int) async throws {
        Usage.raiseDescriptorLimit()
        for try await _ in try tested.stream("tick", port: port) { break }
        let memoryBefore = Usage.memory
        let (start, cpuBefore) = (ContinuousClock.now, Usage.cpu)
        let stream = try tested.stream("tick", port: port)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<count {
                group.addTask {
                    var events = 0
                    for try await _ in stream {
                        events += 1
                        if events == 10 { break }
                    }
                    return events
                }
            }
            for try await events in group { try check(events, 10) }
        }
        say("seconds", seconds(since: start))
        say("cpu", Usage.cpu - cpuBefore)
        say("rss", (Usage.peakMemory - memoryBefore) / Double(count))
    }
}
