import Testing

/// Waits until something is so that nothing tells of, for at most thirty seconds.
///
/// - Parameters:
///   - problem: What is wrong otherwise.
///   - isSo: Whether it is so.
/// - Throws: What `isSo` throws, or the failed expectation.
func until(_ problem: String, _ isSo: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(30))
    while try !isSo() {
        try #require(ContinuousClock.now < deadline, "\(problem)")
        await Task.yield()
    }
}
