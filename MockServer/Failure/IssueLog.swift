import Locking

/// The issues of one server, in the order they were found.
final class IssueLog: Sendable {
    private let issues = Protected<[Issue]>([])

    var all: [Issue] { issues.withLock { $0 } }

    func append(_ new: [Issue]) {
        issues.withLock { $0 += new }
    }

    func append(_ issue: Issue) {
        append([issue])
    }

    /// Adds an issue that may be found many times, once.
    func appendOnce(_ issue: Issue) {
        issues.withLock { issues in
            if !issues.contains(issue) { issues.append(issue) }
        }
    }
}
