#if os(Linux)
    /// The reins of one transfer: each pull is an order to the thread.
    struct LibcurlConnection: TransportConnection {
        let id: Int64
        let thread: LibcurlThread

        func pause() { thread.order(.pauseOrResume(id)) }
        func resume() { thread.order(.pauseOrResume(id)) }
        func close() { thread.order(.close(id)) }
    }
#endif
