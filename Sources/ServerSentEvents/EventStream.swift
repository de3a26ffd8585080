#if canImport(FoundationNetworking)
    public import Foundation
    public import FoundationNetworking
#else
    public import Foundation
#endif

/// The events of a server, as an asynchronous sequence that reconnects by itself.
///
/// ```swift
/// for try await event in EventStream(url: url) {
///     print(event.type, event.data)
/// }
/// ```
///
/// Iterating connects. Leaving the loop, cancelling the task that iterates, or dropping the iterator
/// closes the connection; cancelling ends the loop without an error. Each iterator has a connection
/// of its own.
///
/// A connection that is lost is made again, after a delay and from the last event ID, as
/// ``Configuration/reconnection`` says. The sequence ends where the server says so (status 204), at
/// ``Configuration/terminator``, or with an ``EventStreamError``.
///
/// Source: [WHATWG HTML, "Server-sent events"](https://html.spec.whatwg.org/multipage/server-sent-events.html).
public struct EventStream: AsyncSequence, Sendable {
    /// An event of the stream.
    public typealias Element = ServerSentEvent

    /// Why a stream ended for good.
    public typealias Failure = EventStreamError

    /// The request of the first connection, before headers are added.
    public let request: URLRequest

    /// How the stream connects, reconnects, and what it puts up with.
    public let configuration: Configuration

    /// Creates a stream that sends a GET request.
    ///
    /// Nothing is sent, and nothing can fail, before the stream is iterated.
    ///
    /// - Parameters:
    ///   - url: An `http` or `https` URL.
    ///   - configuration: How the stream connects and reconnects.
    public init(url: URL, configuration: Configuration = Configuration()) {
        self.init(URLRequest(url: url), configuration: configuration)
    }

    /// Creates a stream that sends a request of any method, with any `httpBody`.
    ///
    /// A request that is neither GET nor HEAD is sent only once, unless
    /// ``Configuration/reconnection`` is set.
    ///
    /// - Parameters:
    ///   - request: The request; its header fields win over those the stream adds. Its
    ///     `timeoutInterval`, `cachePolicy` and `httpShouldHandleCookies` do not count:
    ///     ``Configuration/timeouts`` and ``Configuration/credentials`` say these things.
    ///   - configuration: How the stream connects and reconnects.
    public init(_ request: URLRequest, configuration: Configuration = Configuration()) {
        self.request = request
        self.configuration = configuration
    }

    /// An iterator, which connects when it is first asked for an event.
    ///
    /// - Returns: The iterator; the connection is closed when it is dropped.
    public func makeAsyncIterator() -> Iterator {
        Iterator(driver: Driver(self, reportsUpdates: false))
    }
}

extension EventStream {
    /// The iterator of an ``EventStream``, which owns a connection.
    ///
    /// ```swift
    /// var events = EventStream(url: url).makeAsyncIterator()
    /// let first = try await events.next()
    /// ```
    public struct Iterator: AsyncIteratorProtocol {
        @usableFromInline
        var driver: Driver

        /// The next event, as soon as there is one; without suspending if it has arrived already.
        ///
        /// - Parameter actor: The caller's actor, where this runs.
        /// - Returns: The event, or `nil` if the stream has ended or the task is cancelled.
        /// - Throws: An ``EventStreamError`` if the stream failed for good.
        @inlinable
        public mutating func next(
            isolation actor: (any Actor)? = #isolation
        ) async throws(EventStreamError) -> ServerSentEvent? {
            if let event = try driver.bufferedEvent() { return event }
            return try await driver.nextEvent()
        }
    }
}
