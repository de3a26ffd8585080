import Foundation
import MockServer
import Testing

@testable import ServerSentEvents

extension ConformanceTests {
    /// Cancelling wherever a task may stand ends the loop without an error, and closes.
    @Suite struct CancellingTests {
        @Test(arguments: TestedTransport.overSockets, CancellationPoint.overSockets)
        func theTask(_ tested: TestedTransport, at point: CancellationPoint) async throws {
            try await CancellationRounds(tested).run(2, at: [point])
        }

        @Test(arguments: CancellationPoint.inMemory)
        func theTaskInMemory(at point: CancellationPoint) async throws {
            try await CancellationRounds(.memory).run(2, at: [point])
        }
    }
}
