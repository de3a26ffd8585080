@testable import ServerSentEvents

/// The transports that the conformance suite runs over.
enum TestedTransport: CaseIterable, Sendable {
    case urlSession
    #if os(Linux)
        case libcurl
    #endif

    /// Those whose `pause` makes the server wait.
    static var pausing: [TestedTransport] {
        #if os(Linux)
            [.libcurl]
        #else
            []
        #endif
    }

    var transport: any EventTransport {
        switch self {
        case .urlSession: .urlSession
        #if os(Linux)
            case .libcurl: .libcurl
        #endif
        }
    }

    /// A configuration without timeouts, jitter, or a wait in real time.
    var configuration: EventStream.Configuration { .test(transport) }
}
