import Foundation

/// A port that is taken without being listened at, as long as this lives: who connects is refused.
final class PortClaim {
    let number: Int
    private let descriptor: Int32

    /// Takes a port on 127.0.0.1, unless another has it.
    ///
    /// - Parameter number: The port.
    init?(_ number: Int) {
        self.number = number
        descriptor = socket(AF_INET, streamType, 0)
        guard descriptor >= 0 else { return nil }
        // A child process (an exit test) must not keep the port.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(number).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // The descriptor is closed by deinit, here too.
        guard result == 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }
}
