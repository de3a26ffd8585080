import Foundation
import ServerSentEvents

extension Client {
    static let floodCount = 200_000

    /// A read loop is over so soon that it reads so many times as much.
    private static let bareFactor = 10

    /// Five rounds by turns with a bare read loop.
    func endToEnd() async throws {
        let feed = "flood/\(Self.floodCount)"
        var (speeds, limits): ([Double], [Double]) = ([], [])
        var (cpu, bareCPU): ([Double], [Double]) = ([], [])
        for _ in 0..<5 {
            let bareCPUBefore = Usage.cpu
            limits.append(try bareSpeed())
            bareCPU.append((Usage.cpu - bareCPUBefore) / Double(Self.bareFactor))
            let stream = try tested.stream(feed, port: port, bufferMaximum: 512 * 1024 * 1024)
            let (start, cpuBefore) = (ContinuousClock.now, Usage.cpu)
            var count = 0
            for try await event in stream {
                count += event.data.isEmpty ? 0 : 1
                if count == Self.floodCount { break }
            }
            speeds.append(Double(count) / seconds(since: start))
            cpu.append(Usage.cpu - cpuBefore)
            try check(count, Self.floodCount)
        }
        say("speed", speeds.percentile(50))
        say("limit", limits.percentile(50))
        say("cpu", cpu.percentile(50))
        say("cpu-limit", bareCPU.percentile(50))
        say("rss", Usage.peakMemory)
    }

    /// Events a second of a loop that only reads.
    private func bareSpeed() throws -> Double {
        let count = Self.floodCount * Self.bareFactor
        let start = ContinuousClock.now
        var total = 0
        let socket = try RawSocket.asking(for: "/flood/\(count)", port: port)
        RawSocket.readAll(socket) { total += $0.count }
        try check(total / Chunk.framed(Body.llm.unit).count, count)
        return Double(count) / seconds(since: start)
    }
}
