import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session, and the delegate that takes its callbacks to the connections.
final class RoutedSession: Sendable {
    private let session: URLSession
    private let router = SessionRouter()

    /// - Parameters:
    ///   - cookies: Whether its requests use the cookies of the process.
    ///   - pause: What pauses its transfers; `nil` if nothing does.
    init(cookies: Bool, pausedBy pause: TransferPause?) {
        let configuration: URLSessionConfiguration = cookies ? .default : .ephemeral
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        // The seventh stream to a host would wait for one of six to end.
        configuration.httpMaximumConnectionsPerHost = 100_000
        // The stream has timers of its own. On Linux these are whole seconds, and infinity traps.
        configuration.timeoutIntervalForRequest = Self.never
        configuration.timeoutIntervalForResource = Self.never
        if !cookies {
            // An ephemeral session keeps cookies, too, unless all three say no.
            configuration.httpCookieStorage = nil
            configuration.httpShouldSetCookies = false
            configuration.httpCookieAcceptPolicy = .never
        }
        // A name and a password are sent if the caller gives them, not because a server asks.
        configuration.urlCredentialStorage = nil
        #if canImport(FoundationNetworking)
            let callbacks = InlineQueue()
        #else
            let callbacks = OperationQueue()
            callbacks.maxConcurrentOperationCount = 1
        #endif
        session = URLSession(
            configuration: configuration, delegate: router, delegateQueue: callbacks)
        #if canImport(FoundationNetworking)
            pause?.separateTransfers(of: session)
        #endif
    }

    /// Makes the task of a connection, which has yet to be started.
    func task(
        for request: URLRequest, of connection: URLSessionConnection
    ) -> URLSessionDataTask {
        var request = request
        request.timeoutInterval = Self.never
        #if canImport(FoundationNetworking)
            request.httpShouldHandleCookies = false
        #endif
        let task = session.dataTask(with: request)
        router.add(connection, for: task)
        return task
    }

    #if canImport(FoundationNetworking)
        /// Lets go of everything once its tasks have ended; no task can be made any more.
        func retire() {
            session.finishTasksAndInvalidate()
        }
    #endif

    /// Some thirty years, in seconds.
    private static let never = 1e9
}
