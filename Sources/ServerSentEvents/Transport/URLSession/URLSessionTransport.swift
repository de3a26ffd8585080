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
/// All streams share one session for the life of the process; on Linux, requests other than GET and
/// HEAD have one each. Those that include credentials share the process's cookies
/// (`HTTPCookieStorage.shared`), too.
///
/// On Linux, URLSession has no public way to pause an answer, so this transport does it by way of
/// private parts, whose layout it checks. If they are not as expected, it says so in a
/// ``EventStream/Update/diagnostic(_:)`` and goes on without: see
/// ``EventTransport/urlSession(pausesTransfers:)``.
public struct URLSessionTransport: EventTransport {
    let pause: TransferPause?

    init(pause: TransferPause? = .shared) {
        self.pause = pause
    }

    /// Starts a request and returns at once.
    ///
    /// - Parameters:
    ///   - request: The request, complete with all header fields.
    ///   - channel: Where the answer goes.
    /// - Returns: What pauses, resumes and closes the connection.
    public func open(
        _ request: URLRequest, into channel: ResponseChannel
    ) -> any TransportConnection {
        #if canImport(FoundationNetworking)
            let handlesCookies = request.httpShouldHandleCookies
            let session: SharedSession = pause == nil ? .withoutPausing : .pausing
            return session.open(
                handlesCookies ? SharedCookies.adding(to: request) : request,
                into: channel, pause: pause, storingCookies: handlesCookies)
        #else
            let session: SharedSession =
                request.httpShouldHandleCookies ? .withCookies : .withoutCookies
            return session.open(request, into: channel, pause: pause)
        #endif
    }
}

extension URLSessionTransport: DiagnosingTransport {
    func takeDiagnostic() -> String? { pause?.takeDiagnostic() }
}

extension EventTransport where Self == URLSessionTransport {
    /// Foundation's URLSession.
    public static var urlSession: URLSessionTransport { URLSessionTransport() }

    /// Foundation's URLSession, with or without pausing.
    ///
    /// Without it, a server that sends faster than the loop reads is stopped by
    /// ``EventStream/Limits/bufferMaximum`` alone, and on Linux an idle stream keeps a CPU core busy.
    ///
    /// - Parameter pausesTransfers: Whether answers are paused while the stream's buffer is full; on
    ///   Linux, by way of FoundationNetworking's private parts.
    /// - Returns: The transport.
    public static func urlSession(pausesTransfers: Bool) -> URLSessionTransport {
        URLSessionTransport(pause: pausesTransfers ? .shared : nil)
    }
}
