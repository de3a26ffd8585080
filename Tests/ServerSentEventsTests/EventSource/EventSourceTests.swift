import Testing

/// One connection, and many who listen: one test at a time, as those of two hundred listeners side by
/// side starve all others.
@Suite(.serialized, .timeLimit(.minutes(2))) enum EventSourceTests {}
