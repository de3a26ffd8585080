/// A command line that cannot be carried out: one sentence that says what is accepted.
struct UsageError: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
