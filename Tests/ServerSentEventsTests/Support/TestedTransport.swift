@testable import ServerSentEvents

/// The transports that the conformance suite runs over.
enum TestedTransport: String, CaseIterable, Sendable, Codable {
    case urlSession
    case urlSessionWithoutPause
    #if os(Linux)
        case libcurl
    #endif

    var transport: any EventTransport {
        switch self {
        case .urlSession: .urlSession
        case .urlSessionWithoutPause: .urlSession(pausesTransfers: false)
        #if os(Linux)
            case .libcurl: .libcurl
        #endif
        }
    }

    /// Whether it can make a server wait.
    var pauses: Bool { self != .urlSessionWithoutPause }

    /// Whether a reset is never fatal: about one in 100,000 ends the process inside libdispatch, as
    /// FoundationNetworking's sources are taken out of a list that another thread changes.
    var survivesResets: Bool {
        #if os(Linux)
            self == .libcurl
        #else
            true
        #endif
    }

    /// Whether a redirect is followed before its body has come: on Linux URLSession tells of one only
    /// then.
    var tellsRedirectsAtOnce: Bool {
        #if os(Linux)
            self == .libcurl
        #else
            true
        #endif
    }

    /// A configuration without timeouts, jitter, or a wait in real time.
    var configuration: EventStream.Configuration { .test(transport) }
}
