@testable import MockServer

/// The requests that were read from the bytes of one connection, as `Session` reads them.
struct RequestRun: Equatable {
    private(set) var requests: [RequestParser.Head] = []
    private(set) var failure: RequestParser.Failure?

    /// What is left, and is no whole request.
    private var unread: [UInt8] = []
    private var head: RequestParser.Head?

    init(_ chunks: [[UInt8]]) {
        for chunk in chunks {
            unread += chunk
            do throws(RequestParser.Failure) {
                while try readRequest() {}
            } catch {
                failure = error
                unread = []
                break
            }
            checkLimits()
        }
    }

    /// Reads one request.
    ///
    /// - Returns: Whether there may be another.
    private mutating func readRequest() throws(RequestParser.Failure) -> Bool {
        if head == nil { head = try RequestParser.head(in: unread) }
        guard var request = head,
            let (body, count) = try RequestParser.body(of: request, in: unread)
        else { return false }
        check(request.count <= count && count <= unread.count, "\(count) of \(unread.count) bytes")
        check(body.count <= RequestParser.bodyLimit, "a body of \(body.count) bytes")
        request.request.body = body
        Self.checkText(of: request.request)
        requests.append(request)
        unread.removeFirst(count)
        head = nil
        return !unread.isEmpty
    }

    /// What is kept of an unfinished request; only chunks may take more, up to the socket's limit.
    private func checkLimits() {
        guard let head else {
            return check(unread.count <= RequestParser.headLimit, "\(unread.count) bytes of a head")
        }
        check(head.count <= RequestParser.headLimit, "a head of \(head.count) bytes")
        guard case .length = head.framing else { return }
        check(unread.count - head.count < RequestParser.bodyLimit, "\(unread.count) bytes")
    }

    private static func checkText(of request: Request) {
        let texts = [request.method, request.path, request.query ?? ""]
        for text in texts + request.headers.flatMap({ [$0.name, $0.value] }) {
            check(!text.utf8.contains(0x0A), "a line feed in \(text.debugDescription)")
        }
    }
}
