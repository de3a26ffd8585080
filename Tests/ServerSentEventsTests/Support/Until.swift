import Testing

/// Waits until something is so that nothing tells of, for at most ten seconds.
func until(_ what: String, _ isSo: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(10))
    while try !isSo() {
        try #require(ContinuousClock.now < deadline, "\(what) does not come")
        await Task.yield()
    }
}
