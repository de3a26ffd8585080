import Foundation
import ServerSentEvents

extension Client {
    static let clockCount = 10_000

    /// The time from a server's write until the event is here, in microseconds.
    func latency() async throws {
        let cpuBefore = Usage.cpu
        let times = try await times(Self.clockCount)
        say("cpu", Usage.cpu - cpuBefore)
        say("p50", times.percentile(50))
        say("p99", times.percentile(99))
        let bareCPUBefore = Usage.cpu
        let limits = try bareTimes()
        say("cpu-limit", Usage.cpu - bareCPUBefore)
        say("p50-limit", limits.percentile(50))
        say("p99-limit", limits.percentile(99))
    }

    /// How long each of so many events took, one sent each millisecond.
    func times(_ count: Int) async throws -> [Double] {
        var times: [Double] = []
        for try await event in try tested.stream("clock/\(count)", port: port).prefix(count) {
            let now = Ticks.now
            times.append(Double(now - (Int(event.data) ?? 0)) / 1000)
        }
        try check(times.count, count)
        return times
    }

    /// The same with a bare read loop.
    private func bareTimes() throws -> [Double] {
        var times: [Double] = []
        let socket = try RawSocket.asking(for: "/clock/\(Self.clockCount)", port: port)
        RawSocket.readAll(socket) { bytes in
            let now = Ticks.now
            let digits = bytes.reversed().drop { !isDigit($0) }.prefix(while: isDigit)
            let sent = digits.reversed().reduce(0) { $0 &* 10 &+ Int($1) - 0x30 }
            // The head and the last chunk are no events.
            if bytes.count < 64, sent > 1_000_000 { times.append(Double(now - sent) / 1000) }
        }
        return times
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
