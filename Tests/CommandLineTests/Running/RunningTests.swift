import Testing

/// The tests that run the tool as a process: one at a time, as on Linux an idle URLSession keeps a
/// core busy, and forty of them starve each other under the thread sanitizer.
@Suite(.serialized, .timeLimit(.minutes(1))) enum RunningTests {}
