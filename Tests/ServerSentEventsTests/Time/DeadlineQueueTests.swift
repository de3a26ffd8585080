import ServerSentEvents
import Testing

/// Who sleeps, by deadline.
struct DeadlineQueueTests {
    private var queue = DeadlineQueue<String>()

    private mutating func add(_ name: String, _ seconds: Int) -> Int {
        let id = queue.newID()
        queue.insert(name, id: id, until: .seconds(seconds))
        return id
    }

    @Test mutating func theEarliestIsFirst() {
        for (name, seconds) in [("c", 3), ("a", 1), ("d", 4), ("b", 2)] { _ = add(name, seconds) }
        #expect(queue.firstDeadline() == .seconds(1))
        #expect(queue.deadlines == [1, 2, 3, 4].map { .seconds($0) })
        #expect(queue.removeDue(at: .seconds(3)) == ["a", "b", "c"])
        #expect(queue.deadlines == [.seconds(4)])
        #expect(queue.removeDue(at: .seconds(3)).isEmpty)
    }

    @Test mutating func thoseWithOneDeadlineComeInTurn() {
        for name in ["a", "b", "c", "d", "e"] { _ = add(name, 1) }
        #expect(queue.removeDue(at: .seconds(1)) == ["a", "b", "c", "d", "e"])
    }

    @Test mutating func whoHasLeftIsNotWoken() {
        let first = add("a", 1)
        _ = add("b", 2)
        #expect(queue.remove(first) == "a")
        #expect(queue.remove(first) == nil)
        #expect(queue.count == 1)
        #expect(queue.firstDeadline() == .seconds(2))
        #expect(queue.removeDue(at: .seconds(2)) == ["b"])
        #expect(queue.firstDeadline() == nil)
    }

    /// Against an array that is sorted anew each time.
    @Test mutating func randomSleepersComeAndLeave() {
        var generator = SeededGenerator(seed: 7)
        var expected: [(id: Int, deadline: Int)] = []
        for _ in 0..<2000 {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0, 1:
                let deadline = Int.random(in: 0..<50, using: &generator)
                expected.append((add("\(deadline)", deadline), deadline))
            case 2:
                guard let one = expected.randomElement(using: &generator) else { continue }
                expected.removeAll { $0.id == one.id }
                #expect(queue.remove(one.id) == "\(one.deadline)")
            default:
                let now = Int.random(in: 0..<10, using: &generator)
                let due = expected.filter { $0.deadline <= now }
                    .sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
                expected.removeAll { $0.deadline <= now }
                #expect(queue.removeDue(at: .seconds(now)) == due.map { "\($0.deadline)" })
            }
            #expect(queue.count == expected.count)
            #expect(queue.firstDeadline() == expected.map(\.deadline).min().map { .seconds($0) })
        }
    }
}
