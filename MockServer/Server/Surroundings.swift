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
}
