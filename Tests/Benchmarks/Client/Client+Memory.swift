import Foundation
import ServerSentEvents

extension Client {
    static let numberedCount = 250_000
    static let otherCount = 3000

    /// 1 GB of numbered events: the consumer stalls for three seconds, reads them all, and counts.
    ///
    /// Meanwhile another stream measures how long its own events take.
    func memory() async throws {
        for try await _ in try tested.stream("numbered/1000", port: port) {}
        let quiet = try await times(Self.otherCount)
        let before = Usage.memory
        var count = 0
        async let other = times(Self.otherCount)
        for try await event in try tested.stream("numbered/\(Self.numberedCount)", port: port) {
            count += 1
            try check(Int(event.lastEventID) ?? 0, count)
            if count == 1 { try await Task.sleep(for: .seconds(3)) }
        }
        try check(count, Self.numberedCount)
        say("growth", Usage.peakMemory - before)
        for (percent, times) in [(50, try await other), (99, try await other)] {
            say("p\(percent)", times.percentile(percent))
            say("p\(percent)-limit", quiet.percentile(percent))
        }
    }
}
