/// A server-sent events server for tests.
public final class MockEventServer: Sendable {}
