#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What a mock server throws; its description explains what happened, and where.
///
/// ```swift
/// do {
///     _ = try await server.connection(2, on: "/feed")
/// } catch let error as MockServerError where error.code == .timedOut {
///     // What was seen instead, what was not played, and a hint.
///     print(error)
/// }
/// ```
public struct MockServerError: Error, Sendable, CustomStringConvertible {
    /// What went wrong.
    ///
    /// ```swift
    /// do {
    ///     _ = try await server.connection(2, on: "/feed")
    /// } catch let error as MockServerError {
    ///     #expect(error.code == .timedOut)
    /// }
    /// ```
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private let name: String

        /// What was waited for did not come in time.
        public static let timedOut = Code(name: "timedOut")
        /// What was waited for can no longer come.
        public static let impossible = Code(name: "impossible")
        /// A script makes no sense.
        public static let invalidScript = Code(name: "invalidScript")
        /// On leaving `run`, not all was as scripted: see ``MockServerError/issues``.
        public static let unverified = Code(name: "unverified")
        /// The server was stopped.
        public static let stopped = Code(name: "stopped")
        /// Something was sent on a connection that has ended.
        public static let connectionEnded = Code(name: "connectionEnded")
        /// The system refused something the server needs.
        public static let system = Code(name: "system")

        /// The code's name.
        public var description: String { name }
    }

    /// What went wrong.
    public var code: Code

    /// What should not have happened, for ``Code/unverified`` and ``Code/invalidScript``.
    public var issues: [Issue]

    /// What happened on each connection up to now.
    public var journal: [JournalEntry]

    /// The file in which the failed call stands, as `#fileID`.
    public var fileID: String

    /// The line in which the failed call stands.
    public var line: Int

    /// The whole explanation.
    public var description: String

    init(
        _ code: Code, _ description: String, issues: [Issue] = [], journal: [JournalEntry] = [],
        at place: SourcePlace? = nil
    ) {
        self.code = code
        self.description = description
        self.issues = issues
        self.journal = journal
        fileID = place?.fileID ?? ""
        line = place?.line ?? 0
    }

    static func system(_ call: String, _ number: Int32) -> MockServerError {
        let reason = String(cString: strerror(number))
        return MockServerError(.system, "MockEventServer: \(call) failed: \(reason).")
    }

    /// This error, with the port that the system may have refused; for 0 it chose one.
    func adding(port: Int) -> MockServerError {
        guard code == .system, port != 0 else { return self }
        var error = self
        error.description += " Port \(port) was asked for."
        return error
    }
}

/// A line of the caller's source.
struct SourcePlace: Sendable, Hashable {
    var fileID: String
    var line: Int
}

extension SourcePlace: CustomStringConvertible {
    /// The file without its module, and the line, if it is known: `FeedTests.swift:31`.
    var description: String {
        let file = fileID.split(separator: "/").last ?? "?"
        return line > 0 ? "\(file):\(line)" : "\(file)"
    }
}
