#if canImport(FoundationNetworking)
    public import Foundation
    public import FoundationNetworking
#else
    public import Foundation
#endif

/// One connection that many listeners share, with every member of the browser's interface.
///
/// ```swift
/// let source = EventSource(url: url)
/// let (messages, prices) = (source.messages, source.events(ofType: "price"))
/// Task {
///     for try await message in messages { print(message.data) }
/// }
/// for try await price in prices { print("price:", price.data) }
/// ```
///
/// It connects when it is created, and reconnects as ``ReconnectionPolicy`` says. A listener has
/// joined as soon as its sequence is made, and gets what comes from then on, whoever else joins,
/// leaves or falls behind. What comes before the first sequence is iterated is kept, the newest 256,
/// so that the sequences made right after the source miss nothing.
///
/// The connection is closed by ``close()``, or when the source is dropped along with its sequences
/// and their iterators: as in the browser, who listens keeps it.
///
/// Source: [WHATWG HTML, "The EventSource interface"](https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface).
public final class EventSource: Sendable {
    let stream: EventStream
    let hub: Hub
    private let task: Task<Void, Never>

    /// Creates a source that sends a GET request, and connects.
    ///
    /// Nothing is thrown: a URL or a setting that cannot be used closes the source, and ``error``
    /// says why.
    ///
    /// - Parameters:
    ///   - url: An `http` or `https` URL.
    ///   - configuration: How the source connects and reconnects.
    public convenience init(
        url: URL, configuration: EventStream.Configuration = EventStream.Configuration()
    ) {
        self.init(URLRequest(url: url), configuration: configuration)
    }

    /// Creates a source that sends a request of any method, with any `httpBody`, and connects.
    ///
    /// A request that is neither GET nor HEAD is sent only once, unless
    /// ``EventStream/Configuration-swift.struct/reconnection`` is set.
    ///
    /// - Parameters:
    ///   - request: The request; its header fields win over those the source adds. Its
    ///     `timeoutInterval`, `cachePolicy` and `httpShouldHandleCookies` do not count.
    ///   - configuration: How the source connects and reconnects.
    public init(
        _ request: URLRequest,
        configuration: EventStream.Configuration = EventStream.Configuration()
    ) {
        let stream = EventStream(request, configuration: configuration)
        let hub = Hub(lastEventID: stream.initialLastEventID)
        self.stream = stream
        self.hub = hub
        // It has the hub but not the source, so that the source can be dropped.
        task = Task { await hub.run(stream) }
    }

    deinit {
        close()
    }

    // MARK: State

    /// The URL of the request, before any redirect; `nil` if the request has none.
    public var url: URL? { stream.request.url }

    /// Whether cookies are sent and stored: ``EventStream/Configuration-swift.struct/credentials``.
    public var withCredentials: Bool { stream.configuration.credentials == .include }

    /// Whether the source is connecting, open or closed just now; ``readyStates`` tells of changes.
    public var readyState: ReadyState { hub.readyState }

    /// The last event ID of the event that came last; before the first, the one to resume from.
    ///
    /// Listeners may be behind: what one of them has got so far is in its event's
    /// ``ServerSentEvent/lastEventID``.
    public var lastEventID: String { hub.lastEventID }

    /// Why the source failed for good; `nil` while it has not, after ``close()``, and if the server
    /// ended it.
    public var error: EventStreamError? { hub.error }

    // MARK: Closing

    /// Closes the connection, for all.
    ///
    /// Every sequence ends without an error, and what waited for its listener is not delivered any
    /// more. To close again does nothing.
    public func close() {
        hub.close()
        task.cancel()
    }
}

extension EventSource: CustomReflectable {
    /// What `print` and `dump` show: of the request what an ``EventStream`` shows of it, and the
    /// state.
    public var customMirror: Mirror {
        Mirror(self, children: ["stream": stream, "readyState": readyState], displayStyle: .class)
    }
}
