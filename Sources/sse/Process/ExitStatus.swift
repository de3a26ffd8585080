/// How the tool ends, as scripts see it.
struct ExitStatus: Equatable, Sendable {
    let code: Int32

    static let success = ExitStatus(code: 0)
    static let failure = ExitStatus(code: 1)

    /// `EX_USAGE` of sysexits.
    static let usage = ExitStatus(code: 64)

    /// Ended by a signal, in the shells' convention.
    static func interrupted(by signal: Int32) -> ExitStatus {
        ExitStatus(code: 128 + signal)
    }
}
