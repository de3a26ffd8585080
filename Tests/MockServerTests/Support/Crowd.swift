import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Many clients on one thread: they connect, ask, read without waiting, and leave.
final class Crowd {
    private var descriptors: [Int32] = []
    private(set) var received: [[UInt8]] = []

    deinit {
        leave()
    }

    /// Connects clients and sends a request on each.
    func connect(_ count: Int, to port: Int, request: String) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        for _ in 0..<count {
            let descriptor = socket(AF_INET, streamType, 0)
            try #require(descriptor >= 0, "errno \(errno)")
            descriptors.append(descriptor)
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    systemConnect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            try #require(result == 0, "errno \(errno)")
            try #require(write(descriptor, request, request.utf8.count) == request.utf8.count)
        }
        received = descriptors.map { _ in [] }
    }

    /// Reads what is there on every client.
    func read() {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        for (index, descriptor) in descriptors.enumerated() {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 { received[index] += buffer.prefix(count) }
        }
    }

    /// Closes every client.
    func leave() {
        for descriptor in descriptors { _ = systemClose(descriptor) }
        descriptors = []
    }
}

#if canImport(Darwin)
    private let systemClose = Darwin.close
    private let systemConnect = Darwin.connect
#elseif canImport(Glibc)
    private let systemClose = Glibc.close
    private let systemConnect = Glibc.connect
#elseif canImport(Musl)
    private let systemClose = Musl.close
    private let systemConnect = Musl.connect
#endif
