@testable import MockServer

/// A connection to nobody, on which each attempt to send is what a test makes of it.
final class HookedWire: Wire {
    private let hook: @Sendable (ArraySlice<UInt8>) -> WireAttempt

    init(_ hook: @escaping @Sendable (ArraySlice<UInt8>) -> WireAttempt) {
        self.hook = hook
    }

    func attempt(_ bytes: ArraySlice<UInt8>) -> WireAttempt { hook(bytes) }
    func room() async throws {}
    var unacknowledged: Int { 0 }
    func finishWriting() {}
    func closeAfterPeer() {}
    func beginReset() {}
    func reset() {}
}
