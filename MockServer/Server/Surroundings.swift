/// What all connections of one server share.
struct Surroundings: Sendable {
    /// Why no wait makes sense any more.
    enum Interruption: Sendable {
        case invalidScript(Issue)
        case stopped
    }

    let clock: any Clock<Duration>
    let waitLimit: Duration
    let gates = Gates()
    let issues = IssueLog()
    let interruption = Promise<Interruption>()

    /// Records scripts that make no sense; no wait makes sense any more either.
    ///
    /// - Parameter problems: What makes no sense, if anything.
    func refuse(_ problems: [Issue]) {
        guard let first = problems.first else { return }
        issues.append(problems)
        interruption.keep(.invalidScript(first))
    }
}
