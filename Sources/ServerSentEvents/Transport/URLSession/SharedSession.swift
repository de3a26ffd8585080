import Dispatch
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session for the life of the process, and the queue that gives it orders.
///
/// On Linux all sessions of a process share one serial queue, and creating, resuming and cancelling
/// a task wait for it: seconds, under a local flood. So these calls never run in a delegate
/// callback, in an actor or in a consumer's task, but on `control`. One session also costs less
/// than half the memory of a session for each stream, and a session that is never invalidated has
/// no delegate to leak.
final class SharedSession: Sendable {
    static let withoutCookies = SharedSession(cookies: false)
    #if !canImport(FoundationNetworking)
        static let withCookies = SharedSession(cookies: true)
    #endif

    let control = DispatchQueue(label: "ServerSentEvents.URLSession.control")

    private let session: URLSession
    private let router = SessionRouter()

    private init(cookies: Bool) {
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
        #if canImport(FoundationNetworking)
            let callbacks = InlineQueue()
        #else
            let callbacks = OperationQueue()
            callbacks.maxConcurrentOperationCount = 1
        #endif
        session = URLSession(
            configuration: configuration, delegate: router, delegateQueue: callbacks)
    }

    func open(
        _ request: URLRequest, into channel: ResponseChannel, pause: TransferPause?,
        storingCookies storesCookies: Bool = false
    ) -> URLSessionConnection {
        let connection = URLSessionConnection(
            request, session: self, channel: channel, pause: pause,
            storesCookies: storesCookies)
        control.async { [session, router] in
            guard !connection.isClosed else { return }
            var request = request
            request.timeoutInterval = Self.never
            #if canImport(FoundationNetworking)
                request.httpShouldHandleCookies = false
            #endif
            let task = session.dataTask(with: request)
            router.add(connection, for: task)
            connection.start(task)
        }
        return connection
    }

    /// Some thirty years, in seconds.
    private static let never = 1e9
}
