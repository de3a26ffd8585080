#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The system calls on one TCP socket: none of them blocks, none raises SIGPIPE.
struct SocketDescriptor: Sendable {
    /// The result of one call.
    enum Transfer {
        /// So many bytes went through; at least 1.
        case bytes(Int)
        /// The call would block.
        case wouldBlock
        /// The peer sent FIN (only when receiving).
        case end
        /// The connection is broken; the number of the error.
        case failed(Int32)
    }

    let number: Int32

    /// Receives what is there.
    ///
    /// - Parameter buffer: Where to put it.
    /// - Returns: What came.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        while true {
            let count = recv(number, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            switch errno {
            case EINTR: continue
            case EAGAIN, EWOULDBLOCK: return .wouldBlock
            case let code: return .failed(code)
            }
        }
    }

    /// Sends what the kernel takes.
    ///
    /// - Parameter bytes: What to send; not empty.
    /// - Returns: How much the kernel took.
    func send(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        while true {
            let count = systemSend(number, bytes.baseAddress, bytes.count, noSignal)
            if count >= 0 { return .bytes(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN, EWOULDBLOCK: return .wouldBlock
            case let code: return .failed(code)
            }
        }
    }

    /// Sends a FIN after all that is queued; reading goes on.
    func finishWriting() {
        _ = shutdown(number, Int32(SHUT_WR))
    }

    /// Makes a listener refuse clients at once (Linux; elsewhere only closing does).
    func finishListening() {
        _ = shutdown(number, Int32(SHUT_RDWR))
    }

    /// Makes `close()` send a reset, and lose what is still queued.
    func resetWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(
            number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// How many bytes are queued or on their way, that is, not yet in the peer's receive buffer.
    var unacknowledged: Int {
        var count: Int32 = 0
        #if canImport(Darwin)
            var size = socklen_t(MemoryLayout<Int32>.size)
            let result = getsockopt(number, SOL_SOCKET, SO_NWRITE, &count, &size)
        #else
            // SIOCOUTQ, which has the number of TIOCOUTQ.
            let result = ioctl(number, UInt(TIOCOUTQ), &count)
        #endif
        return result == 0 ? Int(count) : 0
    }

    /// Closes the descriptor, which nothing may use afterwards.
    func close() {
        _ = systemClose(number)
    }
}

// The methods above hide the functions of the same name.
#if canImport(Darwin)
    private let noSignal: Int32 = 0  // SO_NOSIGPIPE is set on the listener instead
    private let systemClose = Darwin.close
    private let systemSend = Darwin.send
#elseif canImport(Glibc)
    private let noSignal = Int32(MSG_NOSIGNAL)
    private let systemClose = Glibc.close
    private let systemSend = Glibc.send
#elseif canImport(Musl)
    private let noSignal = Int32(MSG_NOSIGNAL)
    private let systemClose = Musl.close
    private let systemSend = Musl.send
#endif
