/// Where an answer is played to: the few things a script can do to a connection.
protocol Wire: Sendable {
    /// Sends bytes, waiting for room as often as needed.
    ///
    /// - Parameters:
    ///   - bytes: What to send.
    ///   - progress: Called with the number of bytes taken so far.
    /// - Throws: If the peer is gone, or `CancellationError`.
    func write(_ bytes: [UInt8], progress: (Int) -> Void) async throws

    /// How many bytes have not reached the peer yet.
    var unacknowledged: Int { get }

    /// Ends the sending side; reading goes on.
    func finishWriting()

    /// Ends the sending side, and closes once the peer has closed too.
    func closeAfterPeer()

    /// Breaks the connection at once.
    func reset()
}

extension Wire {
    func write(_ bytes: [UInt8]) async throws {
        try await write(bytes, progress: { _ in })
    }
}
