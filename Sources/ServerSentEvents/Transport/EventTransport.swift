#if canImport(FoundationNetworking)
    public import FoundationNetworking
#else
    public import Foundation
#endif

/// Sends one HTTP request and feeds its answer into a channel.
///
/// A transport of your own plays a recorded file, or runs on another HTTP client:
///
/// ```swift
/// struct Recording: EventTransport {
///     let bytes: [UInt8]
///
///     func open(_ request: URLRequest, into channel: ResponseChannel) -> any TransportConnection {
///         channel.receive(
///             ResponseHead(status: 200, headers: ["Content-Type": "text/event-stream"]))
///         channel.receive(bytes)
///         channel.finish()
///         return Closed()
///     }
///
///     struct Closed: TransportConnection {
///         func pause() {}
///         func resume() {}
///         func close() {}
///     }
/// }
/// ```
///
/// A transport follows no redirect, answers no challenge and keeps no timer: the stream does all
/// that, the same for every transport. It ignores informational (1xx) answers. What has a content
/// coding is refused by the stream, whether a transport has undone it or not.
public protocol EventTransport: Sendable {
    /// Starts a request and returns at once.
    ///
    /// - Parameters:
    ///   - request: The request, complete with all header fields. Its `httpShouldHandleCookies`
    ///     says whether cookies may be sent and stored.
    ///   - channel: Where the head, the chunks of the body and the end go, in this order.
    /// - Returns: What pauses, resumes and closes the connection.
    func open(_ request: URLRequest, into channel: ResponseChannel) -> any TransportConnection
}
