import Foundation
import Locking

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The delegate of a session: takes each callback to the connection of its task.
///
/// On Linux a task's own delegate gets no data, so there is one for the session.
final class SessionRouter: NSObject, URLSessionDataDelegate {
    #if canImport(FoundationNetworking)
        typealias Answer<each Value> = (repeat each Value) -> Void
    #else
        typealias Answer<each Value> = @Sendable (repeat each Value) -> Void
    #endif

    private let connections = Protected<[Int: URLSessionConnection]>([:])

    func add(_ connection: URLSessionConnection, for task: URLSessionTask) {
        connections.withLock { $0[task.taskIdentifier] = connection }
    }

    private func connection(of task: URLSessionTask) -> URLSessionConnection? {
        connections.withLock { $0[task.taskIdentifier] }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping Answer<URLSession.ResponseDisposition>
    ) {
        if let connection = connection(of: dataTask) {
            #if canImport(FoundationNetworking)
                connection.answered(dataTask)
            #endif
            connection.received(response)
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        connection(of: dataTask)?.received(data)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        let connection = connections.withLock { $0.removeValue(forKey: task.taskIdentifier) }
        guard let connection else { return }
        #if canImport(FoundationNetworking)
            if error == nil { connection.handOverHeldHead() }
        #endif
        // On Linux a redirect without a usable location completes without any other callback.
        if error == nil, let head = ResponseHead(task.response), (300..<400).contains(head.status) {
            #if canImport(FoundationNetworking)
                connection.storeCookies(of: task.response)
            #endif
            connection.channel.receive(head)
        }
        connection.channel.finish(failing: error.map(withoutURL))
    }

    /// The same error without the URL, whose password and query must not end up in logs.
    private func withoutURL(_ error: any Error) -> any Error {
        guard let error = error as? URLError else { return error }
        return URLError(
            error.code, userInfo: [NSLocalizedDescriptionKey: error.localizedDescription])
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping Answer<URLRequest?>
    ) {
        // The stream follows redirects itself: URLSession would take every header to any origin.
        #if canImport(FoundationNetworking)
            // Answering after the task was cancelled would end the process, so it never is
            // answered: what matters has come, and the task is cancelled.
            guard let connection = connection(of: task) else { return }
            connection.storeCookies(of: response)
            if let head = ResponseHead(response) { connection.channel.receive(head) }
            connection.close()
        #else
            completionHandler(nil)
        #endif
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping Answer<URLSession.AuthChallengeDisposition, URLCredential?>
    ) {
        #if canImport(FoundationNetworking)
            // Only HTTP authentication asks here, after the whole answer has come, and the task never
            // completes by itself unless it is given a credential.
            connection(of: task)?.close()
        #else
            completionHandler(.performDefaultHandling, nil)
        #endif
    }
}
