#if os(Linux)
    import CLinux
    import Foundation

    /// Many streams read by one thread that does nothing else: the limit of the streams.
    enum BareStreams {
        /// The seconds of CPU and of time that ten events on each stream take, connecting included.
        static func figures(
            _ count: Int, port: UInt16
        ) throws -> (cpu: Double, seconds: Double) {
            let (start, cpuBefore) = (ContinuousClock.now, Usage.cpu)
            let epoll = epoll_create1(0)
            defer { close(epoll) }
            var reads = [Int32: Int]()
            for _ in 0..<count {
                let descriptor = try RawSocket.asking(for: "/tick", port: port)
                var event = epoll_event()
                event.events = EPOLLIN.rawValue
                event.data.fd = descriptor
                epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
                reads[descriptor] = 0
            }
            var events = [epoll_event](repeating: epoll_event(), count: 64)
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            while !reads.isEmpty {
                let ready = epoll_wait(epoll, &events, Int32(events.count), 5000)
                guard ready > 0 else { throw Child.Failure(text: "The streams went silent.") }
                for event in events.prefix(Int(ready)) {
                    let descriptor = event.data.fd
                    let size = recv(descriptor, &buffer, buffer.count, 0)
                    let seen = reads[descriptor, default: 0] + 1
                    // The server writes an event at a time, the first one with the head.
                    guard size > 0, seen < 10 else {
                        close(descriptor)
                        reads[descriptor] = nil
                        continue
                    }
                    reads[descriptor] = seen
                }
            }
            return (Usage.cpu - cpuBefore, (ContinuousClock.now - start) / .seconds(1))
        }
    }
#endif
