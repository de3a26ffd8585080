/// A fixed piece of work on bytes in memory, which always comes to the same instructions.
struct Workload {
    /// The name of the benchmark that measures it.
    let name: String

    let body: Body
    let bytes: [UInt8]
    let events: Int

    /// Does the work once; the lengths of all payloads together, so that nothing can be left out.
    let run: () async throws -> Int

    struct WrongCount: Error {
        var name: String
        var count: Int
    }
}
