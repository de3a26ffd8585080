#if os(Linux)
    /// The reins of one transfer: each pull is an order to the thread.
    struct LibcurlConnection: TransportConnection {
        let id: Int64
        let thread: LibcurlThread

        func pause() { thread.order(.pause(id)) }
        func resume() { thread.order(.resume(id)) }
        func close() { thread.order(.close(id)) }
    }
#endif
