import ServerSentEvents

extension Client {
    /// The most memory that a stream of so many events takes.
    func growth(_ count: Int) async throws {
        var received = 0
        for try await _ in try tested.stream("flood/\(count)", port: port) {
            received += 1
            if received == count { break }
        }
        try check(received, count)
        say("peak", Usage.peakMemory)
    }
}
