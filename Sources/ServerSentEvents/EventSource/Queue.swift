/// First in, first out, in constant time for each element in the long run.
struct Queue<Element> {
    /// What was taken is `nil`, so that it is not kept any longer.
    private var elements: [Element?] = []
    private var first = 0

    var isEmpty: Bool { first == elements.count }

    var count: Int { elements.count - first }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        let element = elements[first].take()
        first += 1
        // In portions, so that forgetting costs little for each.
        if isEmpty || (first >= 32 && first * 2 >= elements.count) {
            elements.removeFirst(first)
            first = 0
        }
        return element
    }

    /// Takes all that is there.
    mutating func removeAll() -> [Element] {
        defer { self = Queue() }
        return all
    }

    /// All that is there, the oldest first.
    var all: [Element] { elements[first...].compactMap { $0 } }
}
