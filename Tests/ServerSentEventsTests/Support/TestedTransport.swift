import MockServer

@testable import ServerSentEvents

/// The transports that the conformance suite runs over.
enum TestedTransport: CaseIterable, Codable, Sendable {
    case urlSession
    case urlSessionWithoutPause
    #if os(Linux)
        case libcurl
    #endif
    case memory

    /// Those that connect to any server, raw bytes and all.
    static let overSockets = allCases.filter { $0 != .memory }

    /// The transport; that in memory knows no server but this.
    func transport(for server: MockEventServer) -> any EventTransport {
        self == .memory ? server.transport : transport
    }

    /// The transport, of those over sockets.
    var transport: any EventTransport {
        switch self {
        case .urlSession: .urlSession
        case .urlSessionWithoutPause: .urlSession(pausesTransfers: false)
        #if os(Linux)
            case .libcurl: .libcurl
        #endif
        case .memory: preconditionFailure("only a mock server has a transport in memory")
        }
    }

    /// Whether it can make a server wait.
    var pauses: Bool { self != .urlSessionWithoutPause }

    /// Whether a reset is never fatal: about one in 100,000 ends the process inside libdispatch, as
    /// FoundationNetworking's sources are taken out of a list that another thread changes.
    var survivesResets: Bool { isOwn }

    /// Whether a redirect is followed before its body has come: on Linux URLSession tells of one only
    /// then.
    var tellsRedirectsAtOnce: Bool { isOwn }

    /// Whether FoundationNetworking has no part in it.
    private var isOwn: Bool {
        #if os(Linux)
            self == .libcurl || self == .memory
        #else
            true
        #endif
    }

    /// A configuration without timeouts, jitter, or a wait in real time, over sockets.
    var configuration: EventStream.Configuration { .test(transport) }

    /// The same over any.
    func configuration(
        for server: MockEventServer, clock: any Clock<Duration> = ImmediateClock()
    ) -> EventStream.Configuration {
        .test(transport(for: server), clock: clock)
    }
}
