#if canImport(FoundationNetworking)
    public import FoundationNetworking
#else
    public import Foundation
#endif

/// The default transport: Foundation's URLSession, through its delegate.
///
/// ```swift
/// configuration.transport = .urlSession
/// ```
///
/// All streams share one session for the life of the process, and a second one for those that
/// include credentials. On Linux, URLSession cannot pause an answer: see
/// ``EventStream/Limits/bufferMaximum``.
public struct URLSessionTransport: EventTransport {
    init() {}

    /// Starts a request and returns at once.
    ///
    /// - Parameters:
    ///   - request: The request, complete with all header fields.
    ///   - channel: Where the answer goes.
    /// - Returns: What pauses, resumes and closes the connection.
    public func open(
        _ request: URLRequest, into channel: ResponseChannel
    ) -> any TransportConnection {
        let session: SharedSession =
            request.httpShouldHandleCookies ? .withCookies : .withoutCookies
        return session.open(request, into: channel)
    }
}

extension EventTransport where Self == URLSessionTransport {
    /// Foundation's URLSession.
    public static var urlSession: URLSessionTransport { URLSessionTransport() }
}
