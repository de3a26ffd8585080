import Foundation
import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Plays the scripts of a server to streams of the same process, without sockets.
struct MemoryTransport: EventTransport {
    let core: ServerCore

    func open(_ request: URLRequest, into channel: ResponseChannel) -> any TransportConnection {
        let head = RequestParser.Head(request)
        let session = MemorySession(method: head.request.method, channel: channel, core: core)
        session.start(head)
        return session
    }
}

extension RequestParser.Head {
    /// Why a server would not have read it.
    var failure: RequestParser.Failure? {
        let target = request.path + (request.query.map { "?\($0)" } ?? "")
        let lines =
            ["\(request.method) \(target) HTTP/1.1"]
            + request.headers.map { "\($0.name): \($0.value)" } + [""]
        if lines.reduce(0, { $0 + $1.utf8.count + 2 }) > RequestParser.headLimit {
            return .longHead
        }
        return request.body.count > RequestParser.bodyLimit ? .tooLong : nil
    }

    /// The request as a server would have read it.
    fileprivate init(_ request: URLRequest) {
        let parts = request.url.flatMap { URLComponents(url: $0, resolvingAgainstBaseURL: true) }
        let body = Array(request.httpBody ?? Data())
        var headers = Headers()
        if let host = parts?.host {
            headers["Host"] = parts?.port.map { "\(host):\($0)" } ?? host
        }
        // A dictionary has no order of its own.
        for (name, value) in (request.allHTTPHeaderFields ?? [:]).sorted(by: { $0.key < $1.key }) {
            headers[name] = value
        }
        if !body.isEmpty { headers["Content-Length"] = String(body.count) }
        let path = parts?.percentEncodedPath ?? ""
        self.init(
            request: Request(
                method: request.httpMethod ?? "GET", path: path.isEmpty ? "/" : path,
                query: parts?.percentEncodedQuery, headers: headers, body: body),
            framing: .length(body.count), count: 0, keepsAlive: true, takesChunks: true,
            expectsContinue: false)
    }
}
