import Foundation

/// What the command line asks for.
enum Invocation: Equatable {
    /// Show what the tool is about, without any server elsewhere.
    case demo
    /// Stream the events of a URL.
    case stream(URL, StreamOptions)
    case help
    case version
}
