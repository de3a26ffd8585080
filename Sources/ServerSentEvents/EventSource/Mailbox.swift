/// What a listener has not taken yet, within its limits.
struct Mailbox {
    let interest: Interest
    private let buffering: EventSource.Buffering
    private let drops: DropCount
    private var queue = Queue<Happening>()
    private var weight = 0
    private var waiter: Hub.Waiter?

    init(_ interest: Interest, _ buffering: EventSource.Buffering, _ drops: DropCount) {
        self.interest = interest
        self.buffering = buffering
        self.drops = drops
    }

    var isEmpty: Bool { queue.isEmpty }

    var happenings: [Happening] { queue.all }

    /// Whether the source has to wait for this listener.
    var slowsSource: Bool {
        buffering.overflow == .slow && !queue.isEmpty
            && (queue.count >= buffering.limit || weight >= buffering.bytes)
    }

    /// Keeps what happened, if the listener wants to know, and wakes it.
    mutating func add(_ happening: Happening, _ action: inout Hub.Action) {
        guard interest.covers(happening) else { return }
        if buffering.overflow == .dropOldest { makeRoom(for: happening.weight, &action) }
        queue.append(happening)
        weight += happening.weight
        wake(&action)
    }

    private mutating func makeRoom(for added: Int, _ action: inout Hub.Action) {
        while queue.count >= buffering.limit || weight + added > buffering.bytes,
            let dropped = take()
        {
            drops.increment()
            action.garbage.append(dropped)
        }
    }

    mutating func take() -> Happening? {
        guard let happening = queue.popFirst() else { return nil }
        weight -= happening.weight
        return happening
    }

    mutating func removeAll(_ action: inout Hub.Action) {
        action.garbage += queue.removeAll()
        weight = 0
    }

    /// The listener found nothing, and waits.
    mutating func waits(_ waiter: Hub.Waiter) {
        precondition(self.waiter == nil, "an iterator has one consumer, and it is waiting already")
        self.waiter = waiter
    }

    mutating func wake(_ action: inout Hub.Action) {
        guard let waiter = waiter.take() else { return }
        action.resume.append(waiter)
    }
}
