/// Sleepers by deadline, the earliest first; those with the same deadline in the order they came.
///
/// A heap, in which one who has left stays until the others are fewer than those who have.
package struct DeadlineQueue<Sleeper> {
    private struct Entry {
        var deadline: Duration
        var id: Int

        func isBefore(_ other: Entry) -> Bool {
            (deadline, id) < (other.deadline, other.id)
        }
    }

    private var heap: [Entry] = []
    private var sleepers: [Int: Sleeper] = [:]
    private var lastID = 0

    /// Makes a queue without sleepers.
    package init() {}

    /// How many sleep.
    package var count: Int { sleepers.count }

    /// The deadlines of all who sleep, the earliest first.
    package var deadlines: [Duration] {
        heap.filter { sleepers[$0.id] != nil }.map(\.deadline).sorted()
    }

    /// The earliest deadline of those who sleep; `nil` if nobody does.
    package mutating func firstDeadline() -> Duration? {
        while let first = heap.first {
            if sleepers[first.id] != nil { return first.deadline }
            removeFirst()
        }
        return nil
    }

    /// What to call the next sleeper by.
    ///
    /// - Returns: A number that nobody else has.
    package mutating func newID() -> Int {
        lastID += 1
        return lastID
    }

    /// Adds a sleeper.
    ///
    /// - Parameters:
    ///   - sleeper: Who sleeps.
    ///   - id: What ``newID()`` returned for it.
    ///   - deadline: Until when.
    package mutating func insert(_ sleeper: Sleeper, id: Int, until deadline: Duration) {
        sleepers[id] = sleeper
        heap.append(Entry(deadline: deadline, id: id))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes a sleeper out before its time.
    ///
    /// - Parameter id: What it was added with.
    /// - Returns: The sleeper; `nil` if it has left already.
    @discardableResult
    package mutating func remove(_ id: Int) -> Sleeper? {
        guard let sleeper = sleepers.removeValue(forKey: id) else { return nil }
        if heap.count > 2 * sleepers.count + 16 {
            // A sorted array is a heap.
            heap = heap.filter { sleepers[$0.id] != nil }.sorted { $0.isBefore($1) }
        }
        return sleeper
    }

    /// Takes out all whose time has come, the earliest first.
    ///
    /// - Parameter now: What time it is.
    /// - Returns: The sleepers.
    package mutating func removeDue(at now: Duration) -> [Sleeper] {
        var due: [Sleeper] = []
        while let first = heap.first, first.deadline <= now {
            removeFirst()
            if let sleeper = sleepers.removeValue(forKey: first.id) { due.append(sleeper) }
        }
        return due
    }

    private mutating func removeFirst() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].isBefore(heap[least]) { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

extension DeadlineQueue: Sendable where Sleeper: Sendable {}
