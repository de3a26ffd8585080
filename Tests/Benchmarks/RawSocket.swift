import Foundation

/// The least that a client can do.
enum RawSocket {
    /// Connects, asks, reads once, closes; says when it closed.
    static func readOnceAndClose(port: UInt16) throws -> ContinuousClock.Instant {
        #if canImport(Darwin)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        guard descriptor >= 0 else { throw POSIXError(.EMFILE) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let request = Array("GET /feed HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)
        var answer = [UInt8](repeating: 0, count: 64 * 1024)
        guard connected == 0, send(descriptor, request, request.count, 0) == request.count,
            recv(descriptor, &answer, answer.count, 0) > 0
        else {
            close(descriptor)
            throw POSIXError(.ECONNREFUSED)
        }
        let start = ContinuousClock.now
        close(descriptor)
        return start
    }
}
