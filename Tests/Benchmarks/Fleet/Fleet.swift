import MockServer
import ServerSentEvents

/// Many clients of one server that restarts, each with the library's own policy, in virtual time.
///
/// All lose their connection at once. The server is gone for a while; then it takes so many a second,
/// and refuses the others with status 503.
struct Fleet {
    static let clients = 1_000_000
    /// How long the server is gone, in seconds.
    static let outage = 10
    /// How many connections the server can take in a second.
    static let capacity = 20_000

    /// How many connections were tried in each second.
    private(set) var attempts: [Int] = []
    /// The second in which the last client was taken.
    private(set) var recovered = 0

    /// The most connections that were tried in a second once the server was back.
    var peak: Int { attempts.dropFirst(Self.outage).max() ?? 0 }

    private static let ticksPerSecond = 100
    /// Nobody is left long before; a scenario that never ends would stop here.
    private static let limit = 3600 * ticksPerSecond

    private let scenario: Scenario
    private var generator: any RandomNumberGenerator & Sendable = SeededGenerator(seed: 1)
    /// Who tries in which hundredth of a second, with how many delays before.
    private var due: [[UInt8]] = []

    init(_ scenario: Scenario) {
        self.scenario = scenario
        for _ in 0..<Self.clients { wait(from: 0, growth: 0, retryAfter: nil) }
        var tick = 0
        var taken = 0
        var room = 0
        while taken < Self.clients, tick < Self.limit, tick < due.count {
            let trying = due[tick]
            due[tick] = []
            let second = tick / Self.ticksPerSecond
            attempts += Array(repeating: 0, count: max(0, second + 1 - attempts.count))
            attempts[second] += trying.count
            let isUp = second >= Self.outage
            if tick.isMultiple(of: Self.ticksPerSecond) { room = isUp ? Self.capacity : 0 }
            for growth in trying {
                if room > 0 {
                    room -= 1
                    taken += 1
                    recovered = second
                } else {
                    wait(
                        from: tick, growth: growth,
                        retryAfter: isUp ? scenario.retryAfter : nil)
                }
            }
            tick += 1
        }
    }

    private mutating func wait(from tick: Int, growth: UInt8, retryAfter: Duration?) {
        let delay = scenario.policy.jittered(
            scenario.policy.delay(
                growth: Int(growth), reconnectionTime: scenario.reconnectionTime,
                retryAfter: retryAfter), using: &generator)
        let next = tick + max(1, Int(delay / .milliseconds(1000 / Self.ticksPerSecond)))
        if next >= due.count {
            due += Array(repeating: [], count: next + 1 - due.count)
        }
        due[next].append(growth < .max ? growth + 1 : growth)
    }
}
