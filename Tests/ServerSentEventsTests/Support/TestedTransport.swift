@testable import ServerSentEvents

/// The transports that the conformance suite runs over.
enum TestedTransport: CaseIterable, Sendable {
    case urlSession
    case urlSessionWithoutPause

    var transport: any EventTransport {
        switch self {
        case .urlSession: .urlSession
        case .urlSessionWithoutPause: .urlSession(pausesTransfers: false)
        }
    }

    /// Whether it can make a server wait.
    var pauses: Bool { self != .urlSessionWithoutPause }

    /// A configuration without timeouts, jitter, or a wait in real time.
    var configuration: EventStream.Configuration { .test(transport) }
}
