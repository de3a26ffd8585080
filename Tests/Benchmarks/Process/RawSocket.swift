import Foundation

/// The least that a client or a server can do.
enum RawSocket {
    /// Listens on a port of the loopback that the system chooses.
    static func listening() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = try made()
        var (address, length) = (address(port: 0), socklen_t(MemoryLayout<sockaddr_in>.size))
        let bound = withSocketAddress(&address) { bind(descriptor, $0, length) }
        guard bound == 0, listen(descriptor, 4096) == 0,
            withSocketAddress(&address, { getsockname(descriptor, $0, &length) }) == 0
        else { throw POSIXError(.EADDRNOTAVAIL) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// Connects and asks for a path.
    static func asking(for path: String, port: UInt16) throws -> Int32 {
        let descriptor = try made()
        var address = address(port: port)
        let connected = withSocketAddress(&address) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard connected == 0,
            write(Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8), to: descriptor)
        else {
            close(descriptor)
            throw POSIXError(.ECONNREFUSED)
        }
        return descriptor
    }

    /// Connects, asks, reads once, closes; says when it closed.
    static func readOnceAndClose(port: UInt16) throws -> ContinuousClock.Instant {
        let descriptor = try asking(for: "/feed", port: port)
        defer { close(descriptor) }
        var answer = [UInt8](repeating: 0, count: 64 * 1024)
        guard recv(descriptor, &answer, answer.count, 0) > 0 else {
            throw POSIXError(.ECONNRESET)
        }
        return .now
    }

    /// Reads until the end, in a blocking loop; the bare minimum that others are held against.
    @inline(never)
    static func readAll(_ descriptor: Int32, each: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 256 * 1024, alignment: 16) { buffer in
            while true {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                guard count > 0 else { break }
                each(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        close(descriptor)
    }

    /// Writes all bytes; false if the other side has left.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = send(descriptor, part.baseAddress, part.count, noSignal)
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    #if canImport(Darwin)
        private static let noSignal: Int32 = 0
        private static let stream = SOCK_STREAM
    #else
        private static let noSignal = Int32(MSG_NOSIGNAL)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #endif

    private static func made() throws -> Int32 {
        let descriptor = socket(AF_INET, stream, 0)
        guard descriptor >= 0 else { throw POSIXError(.EMFILE) }
        return descriptor
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
