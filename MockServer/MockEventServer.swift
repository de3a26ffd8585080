public import Foundation
import Locking

/// A server-sent events server for tests: a real HTTP server on loopback, inside the test's
/// process, that plays scripts.
///
/// ```swift
/// try await MockEventServer.run { server in
///     server.script("/feed", [
///         .stream([.retry(.milliseconds(1)), .event("one", id: "1"), .drop(.reset)]),
///         .stream([.event("two", id: "2"), .hold]),
///     ])
///     let feed = Feed(server.url("/feed"))  // the app's code
///     let again = try await server.connection(2, on: "/feed")
///     #expect(again.request.lastEventID == "1")
/// }
/// ```
///
/// Every wait has a limit in real time, and what fails explains itself. Two servers share nothing,
/// so that tests can run in parallel.
public final class MockEventServer: Sendable {
    let core: ServerCore

    /// Starts a server that the caller stops; ``run(clock:waitLimit:fileID:line:_:)`` is easier.
    ///
    /// It listens on 127.0.0.1 when this returns.
    ///
    /// - Parameters:
    ///   - port: The port, which may be that of a server that was stopped; by default the system
    ///     chooses one, and tests can run side by side.
    ///   - clock: The clock of the scripts and of the journal, such as a ``ManualClock``.
    ///   - waitLimit: How long every wait may take, in real time.
    /// - Throws: ``MockServerError`` if the system refuses the socket or the port.
    public init(
        port: Int = 0, clock: any Clock<Duration> = ContinuousClock(),
        waitLimit: Duration = .seconds(5)
    ) throws(MockServerError) {
        core = try ServerCore(
            port: port, surroundings: Surroundings(clock: clock, waitLimit: waitLimit))
    }

    deinit {
        core.beginStopping()
    }

    /// Stops the server within a second: open connections are closed, a connect after it is refused.
    ///
    /// It may be called more than once, and from several tasks.
    public func stop() async {
        await core.stop()
    }

    /// The port it listens on.
    public var port: Int { core.listener.port }

    /// The root of the server: `http://127.0.0.1:PORT`.
    public var baseURL: URL { url("") }

    /// The URL of a path.
    ///
    /// - Parameter path: The path, with or without a query: `/feed?since=1`. Where the first `/` is
    ///   missing it is added.
    /// - Returns: The URL.
    public func url(_ path: String) -> URL {
        let slash = path.isEmpty || path.hasPrefix("/") ? "" : "/"
        guard let url = URL(string: "http://127.0.0.1:\(port)\(slash)\(path)") else {
            preconditionFailure("\(path.debugDescription) is no path of a URL")
        }
        return url
    }

    /// Scripts the answers on a path: a queue of replies, one for each request.
    ///
    /// Replies scripted later for the same path come after those already there. A request after the
    /// last reply is answered with a 501 that explains itself, which ends a stream, and is an issue.
    ///
    /// - Parameters:
    ///   - path: The path as requests have it: percent-encoded, without a query.
    ///   - replies: The replies, in order; `.repeatLast` at the end repeats the one before it.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    public func script(
        _ path: String, _ replies: [Reply], fileID: String = #fileID, line: Int = #line
    ) {
        core.script(path, replies, at: SourcePlace(fileID: fileID, line: line))
    }

    /// Scripts the answers on several paths, as ``script(_:_:fileID:line:)`` does for each of them.
    ///
    /// - Parameters:
    ///   - script: The script.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    public func script(_ script: Script, fileID: String = #fileID, line: Int = #line) {
        for (path, replies) in script.replies.sorted(by: { $0.key < $1.key }) {
            self.script(path, replies, fileID: fileID, line: line)
        }
    }

    /// Answers all requests on a path with code, for what a script cannot say.
    ///
    /// When it returns, the answer is ended cleanly. When it throws, an issue is recorded, unless the
    /// answer has ended already: the connection is reset, or answered with a 501 if nothing was sent
    /// yet, and so is every later request. Its task is cancelled when the client leaves. It takes the
    /// place of an earlier handler or channel of the path.
    ///
    /// - Parameters:
    ///   - path: The path as requests have it: percent-encoded, without a query.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    ///   - handler: Drives the connection.
    public func handle(
        _ path: String, fileID: String = #fileID, line: Int = #line,
        _ handler: @escaping @Sendable (Connection) async throws -> Void
    ) {
        core.handle(path, handler, at: SourcePlace(fileID: fileID, line: line))
    }

    /// Makes a path a live channel: all who are subscribed get what the test sends.
    ///
    /// It takes the place of an earlier handler or channel of the path, to which nobody comes any more.
    ///
    /// - Parameters:
    ///   - path: The path as requests have it: percent-encoded, without a query.
    ///   - log: Which events are kept for clients that come back with a `Last-Event-ID`.
    ///   - headers: More headers of the answers, or others than those of
    ///     ``Reply/stream(_:headers:framing:)``.
    ///   - queueLimit: How many bytes may wait for a subscriber that does not read.
    ///   - fileID: The file of the call, for failures.
    ///   - line: The line of the call, for failures.
    /// - Returns: The channel.
    public func channel(
        _ path: String, log: Channel.Log = .all, headers: Headers = [:],
        queueLimit: Int = 1 << 20, fileID: String = #fileID, line: Int = #line
    ) -> Channel {
        let channel = Channel(
            path, log: log, headers: headers, queueLimit: queueLimit,
            surroundings: core.surroundings)
        handle(path, fileID: fileID, line: line) { try await channel.serve($0) }
        return channel
    }

    /// Opens a gate, for good: every ``Step/gate(_:)`` of that name lets its script pass.
    ///
    /// - Parameter name: The gate's name.
    public func openGate(_ name: String) {
        core.surroundings.gates[name].keep()
    }

    /// What happened up to now: one entry for each request, in their order.
    ///
    /// A client can see the end of an answer a moment before it is recorded: wait for
    /// ``Connection/ended(within:fileID:line:)`` before you read it here.
    public var journal: [JournalEntry] {
        core.state.withLock { $0.connections }.map(\.journalEntry)
    }

    /// What should not have happened up to now, such as a request that nothing was scripted for.
    public var issues: [Issue] { core.surroundings.issues.all }
}
