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
/// than half the memory of a session for each stream.
final class SharedSession: Sendable {
    #if canImport(FoundationNetworking)
        static let pausing = SharedSession(cookies: false, pausedBy: .shared)
        static let withoutPausing = SharedSession(cookies: false, pausedBy: nil)
    #else
        static let withCookies = SharedSession(cookies: true, pausedBy: .shared)
        static let withoutCookies = SharedSession(cookies: false, pausedBy: .shared)
    #endif

    let control = DispatchQueue(label: "ServerSentEvents.URLSession.control")

    private let session: RoutedSession

    private init(cookies: Bool, pausedBy pause: TransferPause?) {
        session = RoutedSession(cookies: cookies, pausedBy: pause)
    }

    func open(
        _ request: URLRequest, into channel: ResponseChannel, pause: TransferPause?,
        storingCookies storesCookies: Bool = false
    ) -> URLSessionConnection {
        let connection = URLSessionConnection(
            request, session: self, channel: channel, pause: pause,
            storesCookies: storesCookies)
        control.async { [session] in
            guard !connection.isClosed else { return }
            #if canImport(FoundationNetworking)
                guard request.isRead else { return Self.openOnce(request, connection, pause) }
            #endif
            connection.start(session.task(for: request, of: connection))
        }
        return connection
    }

    #if canImport(FoundationNetworking)
        /// Sends a request that must not be sent again over a connection of its own.
        ///
        /// The server may be closing one that another request has left, and libcurl, which cannot
        /// know whether it has read this one, would repeat it, whatever the method. Each session has
        /// connections of its own.
        private static func openOnce(
            _ request: URLRequest, _ connection: URLSessionConnection, _ pause: TransferPause?
        ) {
            let session = RoutedSession(cookies: false, pausedBy: pause)
            connection.start(session.task(for: request, of: connection))
            session.retire()
        }
    #endif
}
