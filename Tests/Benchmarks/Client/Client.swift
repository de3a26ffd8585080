import Foundation

/// The client side of a benchmark, in a process of its own: `measure <suite> <transport> <port>`.
///
/// It prints its figures, each as a name and a number.
struct Client {
    let tested: BenchmarkedTransport
    let port: UInt16

    static func run(_ arguments: ArraySlice<String>) async throws {
        let arguments = Array(arguments)
        guard arguments.count >= 3, let tested = BenchmarkedTransport.named(arguments[1]),
            let port = UInt16(arguments[2])
        else { exit(64) }
        let client = Client(tested: tested, port: port)
        try await withTaskExecutorPreference(tested.executor) {
            try await client.measure(arguments)
        }
    }

    private func measure(_ arguments: [String]) async throws {
        let count = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
        switch arguments[0] {
        case EndToEndSuite.name: try await endToEnd()
        case LatencySuite.name: try await latency()
        case StreamsSuite.name: try await streams(count)
        case MemorySuite.name: try await memory()
        case ReconnectSuite.name: try await reconnect()
        case IdleSuite.name: try await idle()
        case GrowthSuite.name: try await growth(count)
        default: exit(64)
        }
    }

    /// Measures a suite in a new process.
    static func figures(
        _ suite: String, _ tested: BenchmarkedTransport, _ port: UInt16, _ more: String...
    ) throws -> [String: Double] {
        try Child(["measure", suite, tested.name, "\(port)"] + more).figures()
    }

    func say(_ name: String, _ value: Double) {
        print(name, value)
    }

    func seconds(since start: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - start) / .seconds(1)
    }

    func check(_ count: Int, _ expected: Int) throws {
        guard count == expected else {
            throw Child.Failure(text: "\(count) events came instead of \(expected)")
        }
    }
}

extension [Double] {
    func percentile(_ percent: Int) -> Double {
        isEmpty ? 0 : sorted()[(count - 1) * percent / 100]
    }
}
