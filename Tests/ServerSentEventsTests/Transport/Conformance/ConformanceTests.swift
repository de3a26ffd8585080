import Testing

/// What every transport has to do, over real sockets: one test at a time, as on Linux an idle
/// URLSession keeps a core busy, and side by side they starve all others.
@Suite(.serialized, .timeLimit(.minutes(2))) enum ConformanceTests {}
