@testable import ServerSentEvents

/// The transports that the conformance suite runs over.
enum TestedTransport: CaseIterable, Sendable {
    case urlSession

    var transport: any EventTransport {
        switch self {
        case .urlSession: .urlSession
        }
    }

    /// A configuration without timeouts, jitter, or a wait in real time.
    var configuration: EventStream.Configuration { .test(transport) }
}
