/// A text, its line end included, and where it goes.
enum PrintedText: Equatable {
    /// Standard output: what was asked for.
    case result(String)
    /// Standard error: what a person may want to know besides.
    case note(String)
}
