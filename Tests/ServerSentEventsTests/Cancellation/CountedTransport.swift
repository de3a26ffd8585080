import Locking
@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#else
    import Foundation
#endif

/// Another transport, and how much of what its streams use is still alive.
final class CountedTransport: EventTransport {
    /// What a stream's configuration holds, and with it whoever holds that.
    final class Token: Sendable {}

    private struct Weak {
        weak var object: (any AnyObject & Sendable)?
    }

    private let base: any EventTransport
    private let objects = Protected<[Weak]>([])

    init(_ base: any EventTransport) {
        self.base = base
    }

    func open(_ request: URLRequest, into channel: ResponseChannel) -> any TransportConnection {
        note(channel)
        return base.open(request, into: channel)
    }

    /// A new token, which counts as long as anything holds it.
    func makeToken() -> Token {
        let token = Token()
        note(token)
        return token
    }

    /// How many channels and tokens are alive.
    var living: Int {
        objects.withLock { objects in
            objects.removeAll { $0.object == nil }
            return objects.count
        }
    }

    private func note(_ object: any AnyObject & Sendable) {
        objects.withLock { $0.append(Weak(object: object)) }
    }
}
