import Dispatch

/// Dispatch's sources, where they can be trusted: see `EpollPoller` for where they cannot.
final class DispatchPoller: Poller {
    static let shared = DispatchPoller()

    private let queue = DispatchQueue(label: "MockEventServer.poller")

    func watch(
        _ descriptor: Int32, _ handler: @escaping @Sendable (Readiness) -> Void
    ) -> any Watch {
        DispatchWatch(descriptor, queue: queue, handler: handler)
    }
}
