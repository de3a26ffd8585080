/// The reins of one connection of an ``EventTransport``.
///
/// `pause` and `resume` are called in turn, `pause` first, and never two at a time. `close` may come
/// at any moment, from any thread, and is the last call. All three return at once.
///
/// ```swift
/// struct Reins: TransportConnection {
///     let socket: Socket
///
///     func pause() { socket.stopReading() }
///     func resume() { socket.startReading() }
///     func close() { socket.shutDown() }
/// }
/// ```
public protocol TransportConnection: Sendable {
    /// Stops reading from the network, if the transport can; the channel is full.
    ///
    /// A transport that cannot goes on: over `Limits.bufferMaximum` the channel closes it.
    func pause()

    /// Goes on reading from the network.
    func resume()

    /// Closes the connection and frees what it holds.
    func close()
}
