#if os(Linux)
    import CLinux
#endif
#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension SocketDescriptor {
    /// The result of `accept`.
    enum Acceptance {
        /// A client.
        case client(SocketDescriptor)
        /// Nobody else waits.
        case nobody
        /// The process or the system is out of descriptors or memory: try again later.
        case exhausted(Int32)
        /// The listener is broken.
        case failed(Int32)
    }

    /// Opens a listener on 127.0.0.1.
    ///
    /// - Parameter port: The port; for 0 the system chooses one.
    /// - Returns: The listener and its port.
    /// - Throws: A ``MockServerError`` that names the system call.
    static func listening(on port: Int) throws(MockServerError) -> (SocketDescriptor, port: Int) {
        guard let port = UInt16(exactly: port) else {
            throw MockServerError(
                .impossible, "MockEventServer: \(port) is no port; there are 0 to 65535.")
        }
        raiseDescriptorLimit()
        let number = socket(AF_INET, streamType, 0)
        guard number >= 0 else { throw .system("socket", errno) }
        let listener = SocketDescriptor(number: number)
        do throws(MockServerError) {
            makePrivate(number)
            #if canImport(Darwin)
                // Clients inherit it: none that has left already can be given an option any more, and
                // an answer to it would end the process.
                listener.setOption(SOL_SOCKET, SO_NOSIGPIPE)
            #endif
            // A port that was used a moment ago can be had again.
            if port != 0 { listener.setOption(SOL_SOCKET, SO_REUSEADDR) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            address.sin_port = port.bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let bound = withSocketAddress(&address) { bind(number, $0, size) }
            guard bound == 0 else { throw .system("bind", errno) }
            // Earlier, the system might choose a port that others have used. Clients inherit it, and
            // those that linger would keep the port from a server that comes back.
            if port == 0 { listener.setOption(SOL_SOCKET, SO_REUSEADDR) }
            guard listen(number, SOMAXCONN) == 0 else { throw .system("listen", errno) }
            let named = withSocketAddress(&address) { getsockname(number, $0, &size) }
            guard named == 0 else { throw .system("getsockname", errno) }
            return (listener, Int(UInt16(bigEndian: address.sin_port)))
        } catch {
            listener.close()
            throw error
        }
    }

    /// Takes one waiting client.
    ///
    /// - Returns: The client, ready for use, or why there is none.
    func accept() -> Acceptance {
        while true {
            let client = acceptPrivately(number)
            if client >= 0 {
                let descriptor = SocketDescriptor(number: client)
                descriptor.prepareClient()
                return .client(descriptor)
            }
            switch errno {
            case EINTR, ECONNABORTED, EPROTO: continue
            case EAGAIN, EWOULDBLOCK: return .nobody
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted(errno)
            case let code: return .failed(code)
            }
        }
    }

    private func prepareClient() {
        setOption(Int32(IPPROTO_TCP), TCP_NODELAY)
    }

    private func setOption(_ level: Int32, _ name: Int32) {
        var on: Int32 = 1
        _ = setsockopt(number, level, name, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static let descriptorLimitIsRaised: Bool = {
        var limit = rlimit()
        guard getrlimit(descriptorLimit, &limit) == 0 else { return false }
        limit.rlim_cur = limit.rlim_max
        #if canImport(Darwin)
            // Darwin refuses more than this, whatever the hard limit says.
            limit.rlim_cur = min(limit.rlim_max, rlim_t(OPEN_MAX))
        #endif
        return setrlimit(descriptorLimit, &limit) == 0
    }()

    /// Thousands of clients need more than the usual 1,024 (Linux) or 256 (macOS) descriptors.
    private static func raiseDescriptorLimit() {
        _ = descriptorLimitIsRaised
    }
}

#if canImport(Glibc)
    private let streamType = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    private let acceptFlags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    private let descriptorLimit = Int32(RLIMIT_NOFILE.rawValue)
#elseif canImport(Musl)
    private let streamType = SOCK_STREAM | SOCK_CLOEXEC
    private let acceptFlags = SOCK_CLOEXEC | SOCK_NONBLOCK
    private let descriptorLimit = RLIMIT_NOFILE
#elseif canImport(Darwin)
    private let streamType = SOCK_STREAM
    private let descriptorLimit = RLIMIT_NOFILE
    private let systemAccept = Darwin.accept
#endif

/// Accepts a client that no process started meanwhile can inherit.
///
/// A copy in a child process would keep the connection open after the server has closed it: neither a
/// reset nor a FIN would be sent.
private func acceptPrivately(_ listener: Int32) -> Int32 {
    #if os(Linux)
        return clinux_accept(listener, acceptFlags)
    #else
        let client = systemAccept(listener, nil, nil)
        if client >= 0 { makePrivate(client) }
        return client
    #endif
}

private func makePrivate(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}

private func withSocketAddress<Result>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
) -> Result {
    withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
    }
}
