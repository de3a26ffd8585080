import Testing

@testable import ServerSentEvents

extension EventSourceTests {
    @Suite struct QueueTests {
        @Test func isFirstInFirstOutThroughEveryPortion() {
            var queue = Queue<Int>()
            var expected = 0
            var next = 0
            for round in 1...200 {
                for _ in 0..<round % 7 {
                    queue.append(next)
                    next += 1
                }
                for _ in 0..<round % 5 where expected < next {
                    #expect(queue.popFirst() == expected)
                    expected += 1
                }
                #expect(queue.count == next - expected)
                #expect(queue.isEmpty == (next == expected))
                #expect(queue.all == Array(expected..<next))
            }
            #expect(queue.removeAll() == Array(expected..<next))
            #expect(queue.popFirst() == nil)
        }

        @Test func keepsNothingThatWasTaken() {
            final class Payload {}
            var queue = Queue<Payload>()
            queue.append(Payload())
            queue.append(Payload())
            weak let first = queue.all.first
            #expect(first != nil)
            _ = queue.popFirst()
            #expect(first == nil)
            #expect(queue.count == 1)
        }
    }
}
