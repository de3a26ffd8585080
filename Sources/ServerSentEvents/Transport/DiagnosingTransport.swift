/// A transport that may have something to say about itself.
protocol DiagnosingTransport {
    /// What the user should know, the first time that it is asked for.
    func takeDiagnostic() -> String?
}
