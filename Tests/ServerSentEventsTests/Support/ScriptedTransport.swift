import Locking
@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#else
    import Foundation
#endif

/// A transport that gives the nth request the nth answer, at once and without a socket.
///
/// A request too many is refused for good, so that no test can hang on it.
final class ScriptedTransport: EventTransport {
    typealias Answer = @Sendable (ResponseChannel) -> Void

    struct Connection: Sendable {
        let request: URLRequest
        let reins: RecordingReins
    }

    private let answers: [Answer]
    private let opened = Protected<[Connection]>([])
    private let onOpen: @Sendable (Int) -> Void

    init(_ answers: [Answer], onOpen: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.answers = answers
        self.onOpen = onOpen
    }

    var connections: [Connection] { opened.withLock { $0 } }

    var requests: [URLRequest] { connections.map(\.request) }

    /// The `Last-Event-ID` of each request, "-" for none.
    var lastEventIDs: [String] {
        requests.map { $0.value(forHTTPHeaderField: "Last-Event-ID") ?? "-" }
    }

    func open(_ request: URLRequest, into channel: ResponseChannel) -> any TransportConnection {
        let reins = RecordingReins()
        let index = opened.withLock { opened in
            opened.append(Connection(request: request, reins: reins))
            return opened.count - 1
        }
        if index < answers.count { answers[index](channel) } else { channel.status(599) }
        onOpen(index + 1)
        return reins
    }
}

extension ResponseChannel {
    /// The head of an event stream, these chunks of text, and then the end.
    func stream(_ chunks: String...) {
        open(chunks)
        finish()
    }

    /// The head of an event stream and these chunks of text; it stays open.
    func open(_ chunks: [String]) {
        receive(ResponseHead(status: 200, headers: ["Content-Type": "text/event-stream"]))
        for chunk in chunks { receive(Array(chunk.utf8)) }
    }

    /// A whole answer that is no stream.
    func status(_ status: Int, _ headers: HeaderFields = [:], body: String = "") {
        receive(ResponseHead(status: status, headers: headers))
        receive(Array(body.utf8))
        finish()
    }
}
