public import ServerSentEvents

extension MockEventServer {
    /// A transport that plays this server's scripts without sockets: in the same process, in no time
    /// of its own, with every step that writes as exactly one chunk.
    ///
    /// Whatever host a URL names, its path decides. Scripts, journal, waits and verification are
    /// those of the server, and so are the limits of a request; with a ``ManualClock`` for both
    /// sides nothing takes real time.
    ///
    /// ```swift
    /// let clock = ManualClock()
    /// try await MockEventServer.run(clock: clock) { server in
    ///     server.script("/feed", [.stream([.event("one"), .hold])])
    ///     var configuration = EventStream.Configuration()
    ///     configuration.transport = server.transport
    ///     configuration.clock = clock
    ///     let stream = EventStream(url: server.url("/feed"), configuration: configuration)
    ///     for try await event in stream { return print(event.data) }
    /// }
    /// ```
    public var transport: any EventTransport {
        MemoryTransport(core: core)
    }
}
