/// Ends the process with a sentence if something that always holds does not: a finding.
///
/// `precondition` would do, but tells no message in a release build.
func check(_ isTrue: Bool, _ message: @autoclosure () -> String) {
    guard isTrue else { fatalError(message()) }
}
