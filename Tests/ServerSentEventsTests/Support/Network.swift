#if os(Linux)
    import Foundation
    import Glibc

    /// The loopback network between a client and a server of this process.
    enum Network {
        struct Failure: Error {
            let code: Int32
        }

        /// Cuts all connections to a port of 127.0.0.1, on both sides and without a word to either.
        ///
        /// From now on the kernel drops all that arrives: no byte gets through, no FIN, no reset,
        /// not even an acknowledgement, as behind a router that forgot the connection or to a
        /// machine that lost its power. New connections go through.
        ///
        /// - Parameter port: The server's port; of no other test, so none of its sockets is touched.
        /// - Returns: How many sockets were cut.
        /// - Throws: If the system refuses it.
        static func cut(port: Int) throws -> Int {
            let ends = try clients(of: port) + descriptors(at: port, by: getsockname)
            for end in ends { try dropAll(at: end) }
            return ends.count
        }

        /// The sockets of this process that are connected to a port of 127.0.0.1.
        static func clients(of port: Int) throws -> [Int32] {
            try descriptors(at: port, by: getpeername)
        }

        private static func descriptors(at port: Int, by name: Naming) throws -> [Int32] {
            let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            return names.compactMap { Int32($0) }.filter { descriptor in
                // One that only listens has no peer.
                self.port(of: descriptor, by: getpeername) != nil
                    && self.port(of: descriptor, by: name) == port
            }
        }

        private typealias Naming = (
            Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>
        ) -> Int32

        /// The port at one end of a TCP socket over IPv4; `nil` if a descriptor is none.
        private static func port(of descriptor: Int32, by name: Naming) -> Int? {
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    name(descriptor, $0, &size)
                }
            }
            guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
            return Int(UInt16(bigEndian: address.sin_port))
        }

        /// Attaches a filter of one instruction, which lets nothing pass.
        private static func dropAll(at descriptor: Int32) throws {
            // As `sock_filter` and `sock_fprog` have it, which Glibc does not show: "return 0".
            var instruction = (code: UInt16(0x06), yes: UInt8(0), no: UInt8(0), value: UInt32(0))
            let result = withUnsafeMutablePointer(to: &instruction) { instructions in
                var program = (count: UInt16(1), instructions: UnsafeRawPointer(instructions))
                return setsockopt(
                    descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program,
                    socklen_t(MemoryLayout.size(ofValue: program)))
            }
            guard result == 0 else { throw Failure(code: errno) }
        }
    }
#endif
