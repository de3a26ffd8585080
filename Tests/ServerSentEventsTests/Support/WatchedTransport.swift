@testable import ServerSentEvents

#if canImport(FoundationNetworking)
    import FoundationNetworking
#else
    import Foundation
#endif

/// Another transport, and word of each request and each pull of the reins.
struct WatchedTransport: EventTransport {
    let base: any EventTransport
    /// The pulls of all connections, in order.
    let pulls: AsyncStream<RecordingReins.Pull>
    private let report: AsyncStream<RecordingReins.Pull>.Continuation
    private let beforeOpen: @Sendable () -> Void
    private let afterOpen: @Sendable () -> Void

    init(
        _ base: any EventTransport, beforeOpen: @escaping @Sendable () -> Void = {},
        afterOpen: @escaping @Sendable () -> Void = {}
    ) {
        self.base = base
        self.beforeOpen = beforeOpen
        self.afterOpen = afterOpen
        (pulls, report) = AsyncStream.makeStream()
    }

    func open(_ request: URLRequest, into channel: ResponseChannel) -> any TransportConnection {
        beforeOpen()
        defer { afterOpen() }
        return Reins(base: base.open(request, into: channel), report: report)
    }

    /// Waits until the reins are pulled this way.
    func pulled(_ awaited: RecordingReins.Pull) async {
        for await pull in pulls where pull == awaited { return }
    }

    private struct Reins: TransportConnection {
        let base: any TransportConnection
        let report: AsyncStream<RecordingReins.Pull>.Continuation

        func pause() {
            base.pause()
            report.yield(.pause)
        }

        func resume() {
            base.resume()
            report.yield(.resume)
        }

        func close() {
            base.close()
            report.yield(.close)
        }
    }
}
