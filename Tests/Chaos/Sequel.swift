package import ServerSentEvents

/// Whether a stream's events come complete, in order, and as they were sent.
package struct Sequel: Sendable {
    /// The number of the last event that came.
    package private(set) var last = 0
    /// How many events never came.
    package private(set) var lost = 0
    /// How many came again, or out of order.
    package private(set) var repeated = 0
    /// How many said something else than what was sent.
    package private(set) var altered = 0

    private let feed: ChaosFeed

    package init(of feed: ChaosFeed) {
        self.feed = feed
    }

    /// Notes an event.
    ///
    /// - Parameter event: The event that came.
    package mutating func note(_ event: ServerSentEvent) {
        guard let number = Int(event.lastEventID), event == feed.event(number) else {
            altered += 1
            return
        }
        if number <= last {
            repeated += 1
        } else {
            lost += number - last - 1
            last = number
        }
    }

    /// Notes the end of the stream.
    ///
    /// - Parameter last: The number of the last event that was sent.
    package mutating func end(at last: Int) {
        lost += max(last - self.last, 0)
    }
}
