import Foundation
import ServerSentEvents

/// A transport that the suites measure.
struct BenchmarkedTransport {
    let name: String
    let transport: any EventTransport
    /// Where the loops over its streams run; `nil` for the global pool.
    var executor: (any TaskExecutor)?

    static let urlSessionName = "urlSession"

    /// All there are; a new one is a line here.
    static let all: [BenchmarkedTransport] = {
        var all = [BenchmarkedTransport(name: urlSessionName, transport: .urlSession)]
        #if os(Linux)
            all.append(BenchmarkedTransport(name: "libcurl", transport: .libcurl))
            all.append(
                BenchmarkedTransport(
                    name: "libcurl-executor", transport: .libcurl,
                    executor: LibcurlTransport.taskExecutor))
        #endif
        return all
    }()

    /// What the default transport is without its cure for Linux, for the suites where it matters.
    static let withoutPause = BenchmarkedTransport(
        name: "urlSession-unpaused", transport: .urlSession(pausesTransfers: false))

    static func named(_ name: String) -> BenchmarkedTransport? {
        (all + [withoutPause]).first { $0.name == name }
    }

    /// A stream of a feed that reconnects at once, and ends at an event of the type "end".
    ///
    /// Where a transport that cannot pause would fail for want of IDs, the buffer has to have room
    /// for all.
    func stream(
        _ path: String, port: UInt16, bufferMaximum: Int? = nil
    ) throws -> EventStream {
        guard let url = URL(string: "http://127.0.0.1:\(port)/\(path)") else {
            throw Child.Failure(text: path)
        }
        var configuration = EventStream.Configuration()
        configuration.transport = transport
        if let bufferMaximum { configuration.limits.bufferMaximum = bufferMaximum }
        var policy = ReconnectionPolicy.default
        policy.baseDelay = .zero
        policy.minimumDelay = .zero
        policy.jitter = 0
        configuration.reconnection = policy
        configuration.terminator = .type("end")
        return EventStream(url: url, configuration: configuration)
    }
}
