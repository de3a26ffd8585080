import Foundation

/// What the command line asks for.
enum Invocation: Equatable {
    /// Show what the tool is about, without any server elsewhere.
    case demo
    /// Stream the events of a URL.
    case stream(URL, StreamOptions)
    /// Play a script file.
    case serve(ServeOptions)
    /// Write what comes from a URL into a file, to be served again.
    case record(URL, StreamOptions, file: String)
    case completions(Completions)
    case help
    case version
}
