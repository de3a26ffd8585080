/// The last thing to print, and the exit status.
struct Conclusion: Equatable {
    var text: PrintedText?
    var status: ExitStatus
}
