/// Measuring two loops by turns, so that what disturbs the machine disturbs both.
enum Rounds {
    /// The median speeds of two loops.
    ///
    /// - Parameters:
    ///   - bytes: How many bytes one run of either loop goes through.
    ///   - measured: The loop to measure.
    ///   - limit: The loop to compare it with.
    /// - Returns: Megabytes (10⁶ bytes) a second.
    static func speeds(
        bytes: Int, measured: () async throws -> Void, limit: () async throws -> Void
    ) async rethrows -> (measured: Double, limit: Double) {
        let repetitions = (try await repetitions(measured), try await repetitions(limit))
        var times: (measured: [Double], limit: [Double]) = ([], [])
        for _ in 0..<9 {
            times.measured.append(try await seconds(measured, repetitions.0))
            times.limit.append(try await seconds(limit, repetitions.1))
        }
        return (
            Double(bytes) / median(times.measured) / 1e6, Double(bytes) / median(times.limit) / 1e6
        )
    }

    /// How often a loop has to run for 20 ms; that also warms it up.
    private static func repetitions(_ body: () async throws -> Void) async rethrows -> Int {
        var count = 1
        while count < 1_000_000 {
            let time = try await seconds(body, count) * Double(count)
            if time >= 0.02 { return count }
            count = time > 0.001 ? Int(Double(count) * 0.02 / time) + 1 : count * 8
        }
        return count
    }

    private static func seconds(
        _ body: () async throws -> Void, _ repetitions: Int
    ) async rethrows -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<repetitions { try await body() }
        return (clock.now - start) / .seconds(1) / Double(repetitions)
    }

    private static func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }
}
