/// What the command line asks for.
enum Invocation: Equatable {
    /// Show what the tool is about, without any server elsewhere.
    case demo
    case stream(StreamOptions)
    case help
    case version
}
