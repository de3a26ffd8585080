#if os(Linux)
    import Dispatch
    import Foundation
    import Glibc
    import Testing

    /// A listening socket for what the mock server is not: at another address, or a proxy.
    final class RawListener: Sendable {
        enum Address {
            /// A path in the file system.
            case unix(String)
            case loopbackIPv6
            /// A port of 127.0.0.1.
            case loopback
            /// A port of 127.0.0.1 whose queue is full, so that a connect stays without an answer.
            case crowded
        }

        struct Failure: Error {
            let code: Int32
        }

        let url: URL
        private let descriptors: [Int32]
        private let queue = DispatchQueue(label: "RawListener")

        /// Whether the machine has the address `::1`.
        static let hasIPv6 = (try? RawListener(.loopbackIPv6)) != nil

        init(_ address: Address) throws {
            switch address {
            case .unix(let path):
                let (listener, _) = try Self.listen(Self.unixAddress(path), AF_UNIX)
                descriptors = [listener]
                url = try #require(URL(string: "http://nowhere.invalid/feed"))
            case .loopbackIPv6:
                var six = sockaddr_in6()
                six.sin6_family = sa_family_t(AF_INET6)
                six.sin6_addr = in6addr_loopback
                let (listener, bound) = try Self.listen(six, AF_INET6)
                descriptors = [listener]
                url = try #require(
                    URL(string: "http://[::1]:\(UInt16(bigEndian: bound.sin6_port))/feed"))
            case .loopback:
                let (listener, bound) = try Self.listen(Self.loopbackAddress, AF_INET)
                descriptors = [listener]
                url = try #require(
                    URL(string: "http://127.0.0.1:\(UInt16(bigEndian: bound.sin_port))/feed"))
            case .crowded:
                let (listener, bound) = try Self.listen(
                    Self.loopbackAddress, AF_INET, backlog: 0)
                // One waits in a queue of none; the next is not even answered.
                let client = try Self.socket(AF_INET)
                let result = Self.with(bound) { connect(client, $0, $1) }
                descriptors = [listener, client]
                guard result == 0 else { throw Failure(code: errno) }
                url = try #require(
                    URL(string: "http://127.0.0.1:\(UInt16(bigEndian: bound.sin_port))/feed"))
            }
        }

        deinit {
            for descriptor in descriptors { close(descriptor) }
        }

        /// Takes one client, reads the head of its request, answers and closes.
        func serve(_ answer: String) async throws -> String {
            let listener = descriptors[0]
            return try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    let client = accept(listener, nil, nil)
                    guard client >= 0 else {
                        return continuation.resume(throwing: Failure(code: errno))
                    }
                    defer { close(client) }
                    var request = ""
                    var buffer = [UInt8](repeating: 0, count: 4096)
                    while !request.contains("\r\n\r\n") {
                        let count = recv(client, &buffer, buffer.count, 0)
                        guard count > 0 else { break }
                        request += String(decoding: buffer.prefix(count), as: UTF8.self)
                    }
                    let bytes = Array(answer.utf8)
                    send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                    continuation.resume(returning: request)
                }
            }
        }

        private static func socket(_ family: Int32) throws -> Int32 {
            let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = Glibc.socket(family, type, 0)
            guard descriptor >= 0 else { throw Failure(code: errno) }
            // Nothing in a test may wait for ever.
            // As `timeval` has it: which module that belongs to, and so which import it takes, depends
            // on the files that are compiled along with this one.
            var limit = (seconds: 30, microseconds: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit,
                socklen_t(MemoryLayout.size(ofValue: limit)))
            return descriptor
        }

        private static func listen<Address>(
            _ address: Address, _ family: Int32, backlog: Int32 = 5
        ) throws -> (Int32, bound: Address) {
            let listener = try socket(family)
            var bound = address
            var size = socklen_t(MemoryLayout<Address>.size)
            guard with(address, { bind(listener, $0, $1) }) == 0,
                Glibc.listen(listener, backlog) == 0,
                withUnsafeMutablePointer(
                    to: &bound,
                    { pointer in
                        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            getsockname(listener, $0, &size)
                        }
                    }) == 0
            else {
                let failure = Failure(code: errno)
                close(listener)
                throw failure
            }
            return (listener, bound)
        }

        private static func with<Address>(
            _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
        ) -> Int32 {
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<Address>.size))
                }
            }
        }

        private static var loopbackAddress: sockaddr_in {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return address
        }

        private static func unixAddress(_ path: String) -> sockaddr_un {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { bytes in
                for (index, byte) in zip(bytes.indices.dropLast(), path.utf8) {
                    bytes[index] = byte
                }
            }
            return address
        }
    }
#endif
