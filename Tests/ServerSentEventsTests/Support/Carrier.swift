import MockServer

@testable import ServerSentEvents

/// What carries a stream to the mock server: memory alone, or the sockets of a transport.
enum Carrier: CaseIterable, Sendable {
    case memory
    case sockets(TestedTransport)

    static let allCases = [memory] + TestedTransport.allCases.map(sockets)

    /// A configuration without timeouts or jitter.
    func configuration(
        to server: MockEventServer, clock: any Clock<Duration>
    ) -> EventStream.Configuration {
        switch self {
        case .memory: .test(server.transport, clock: clock)
        case .sockets(let tested): .test(tested.transport, clock: clock)
        }
    }
}
