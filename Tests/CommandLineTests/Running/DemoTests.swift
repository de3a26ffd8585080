import Foundation
import MockServer
import ServerSentEvents
import Testing

@testable import sse

extension RunningTests {
    @Suite struct DemoTests {
        @Test func theDemoLosesAndRepeatsNothing() async throws {
            let ending = try await Tool.run()
            #expect(
                ending.output.hasSuffix(
                    """

                    9 events received, 4 connections, 2 drops and 1 refusal survived: \
                    lost 0, repeated 0
                    """))
            #expect(ending.error == "")
            #expect(ending.status == 0)
        }

        @Test func aSignalEndsTheDemo() async throws {
            let tool = try Tool([])
            while let line = await tool.line(), !line.contains("#1") {}
            tool.signal(SIGINT)
            let ending = await tool.ended()
            #expect(ending.status == 130)
            #expect(!ending.output.contains("lost"))
        }

        @Test func theServerResumesAfterTheID() {
            #expect(Order.after(nil).count == 9)
            #expect(Order.after("4").map(\.id) == ["5", "6", "7", "8", "9"])
            #expect(Order.after("9").isEmpty)
            #expect(Order.after("unknown").count == 9)
        }

        @Test func lossDamageAndRepetitionAreCounted() {
            var tally = Tally()
            for order in Order.all.dropLast() + [Order.all[0]] {
                tally.count(
                    .event(.init(type: order.type, data: order.data, lastEventID: order.id)))
            }
            tally.count(.event(.init(type: "served", data: "Chen, 3 sc", lastEventID: "9")))
            #expect(tally.lost(of: Order.all) == 1)
            #expect(tally.repeated == 1)
            #expect(!tally.isPerfect(for: Order.all))
            #expect(
                tally.summary(of: Order.all)
                    == "10 events received, 0 connections, 0 drops and 0 refusals survived: "
                    + "lost 1, repeated 1")
        }

        @Test func anIncompleteDemoFails() {
            let printer = DemoPrinter(style: .file)
            #expect(printer.finished().status == .failure)
        }
    }
}
