/// Where an answer is played to: the few things a script can do to a connection.
protocol Wire: Sendable {
    /// Sends what goes out without waiting.
    ///
    /// - Parameter bytes: What to send; not empty.
    /// - Returns: How much of it was taken.
    func attempt(_ bytes: ArraySlice<UInt8>) -> WireAttempt

    /// Waits until an attempt may be worth while again, or the peer is gone.
    ///
    /// - Throws: `CancellationError`.
    func room() async throws

    /// How many bytes have not reached the peer yet.
    var unacknowledged: Int { get }

    /// Ends the sending side; reading goes on.
    func finishWriting()

    /// Ends the sending side, and closes once the peer has closed too.
    func closeAfterPeer()

    /// Takes no more bytes, and no end but a reset; what was taken is still sent.
    func beginReset()

    /// Breaks the connection at once.
    func reset()
}

/// What one attempt to send came to.
enum WireAttempt: Sendable {
    /// So many bytes were taken; at least 1.
    case took(Int)
    /// There is no room now.
    case full
    /// The peer left, or the sending side was ended or is about to be reset.
    case gone
}

/// Thrown by writing where the peer is gone, or the sending side was ended.
struct Gone: Error {}

extension Wire {
    /// Sends bytes, waiting for room as often as needed.
    ///
    /// - Parameters:
    ///   - bytes: What to send.
    ///   - progress: Called with the number of bytes taken so far.
    /// - Throws: ``Gone``, or `CancellationError`.
    func write(_ bytes: [UInt8], progress: (Int) -> Void = { _ in }) async throws {
        var sent = 0
        while sent < bytes.count {
            switch attempt(bytes[sent...]) {
            case .took(let count):
                sent += count
                progress(sent)
            case .full:
                try await room()
            case .gone:
                throw Gone()
            }
        }
    }
}
