import Testing

/// One connection, and many who listen.
@Suite(.timeLimit(.minutes(2))) enum EventSourceTests {}
