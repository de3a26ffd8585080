import Dispatch
import Foundation
import Locking
import Synchronization
import Testing

@testable import MockServer

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A TCP client that hides nothing; what may block runs on a queue of its own, never on the threads
/// of the tasks.
final class RawClient: Sendable {
    /// How the bytes ended.
    enum End: Equatable {
        case fin
        case reset
        case stillOpen
    }

    struct ConnectFailure: Error, Equatable {
        var code: Int32
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "RawClient")
    private let isClosed = Atomic(false)

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        closeNow()
    }

    /// Connects to a port on 127.0.0.1.
    static func connect(to port: Int, receiveBuffer: Int32? = nil) async throws -> RawClient {
        try await run(on: .global()) {
            Result { try connectNow(to: port, receiveBuffer) }
        }.get()
    }

    private static func connectNow(
        to port: Int, _ receiveBuffer: Int32?
    ) throws -> RawClient {
        let descriptor = socket(AF_INET, streamType, 0)
        try #require(descriptor >= 0)
        #if canImport(Darwin)
            // Nothing a server that is gone is sent may end the process.
            var isOn: Int32 = 1
            setsockopt(
                descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
        #endif
        if var size = receiveBuffer {
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                systemConnect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let failure = ConnectFailure(code: errno)
            _ = systemClose(descriptor)
            throw failure
        }
        return RawClient(descriptor)
    }

    /// Connects and sends a GET.
    static func get(
        _ path: String, from port: Int, headers: [String] = []
    ) async throws -> RawClient {
        let client = try await connect(to: port)
        try await client.send(request(path, headers: headers))
        return client
    }

    static func request(_ path: String, method: String = "GET", headers: [String] = []) -> String {
        let lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1"] + headers
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        let sent = await onQueue { [descriptor] in
            systemSend(descriptor, bytes, bytes.count, noSignal)
        }
        try #require(sent == bytes.count)
    }

    /// Receives once: what is there, or comes next; `.stillOpen` after twenty seconds without a byte.
    func receiveOnce() async -> (bytes: [UInt8], end: End?) {
        if let received = receiveNow() { return received }
        await waitUntilReadable()
        return receiveNow() ?? ([], .stillOpen)
    }

    /// Receives until the text is there, or the connection ends.
    func receive(until text: String) async -> String {
        var all: [UInt8] = []
        while true {
            let (bytes, end) = await receiveOnce()
            all += bytes
            let received = String(decoding: all, as: UTF8.self)
            if end != nil || received.contains(text) { return received }
        }
    }

    /// Receives to the end.
    func receiveAll() async -> (bytes: [UInt8], end: End) {
        var all: [UInt8] = []
        while true {
            let (bytes, end) = await receiveOnce()
            all += bytes
            if let end { return (all, end) }
        }
    }

    /// Receives to the end, and splits the head from the body.
    func receiveAnswer() async -> (head: String, body: String, end: End) {
        let (bytes, end) = await receiveAll()
        let (head, body) = split(String(decoding: bytes, as: UTF8.self))
        return (head, body, end)
    }

    /// Closes with a FIN.
    func close() async {
        await onQueue { self.closeNow() }
    }

    /// Closes with a reset.
    func reset() async {
        await onQueue { [descriptor] in
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            self.closeNow()
        }
    }

    /// Sends a FIN and goes on reading.
    func finishWriting() async {
        await onQueue { [descriptor] in _ = shutdown(descriptor, Int32(SHUT_WR)) }
    }

    private func closeNow() {
        let wasClosed = isClosed.exchange(true, ordering: .relaxed)
        if !wasClosed { _ = systemClose(descriptor) }
    }

    /// What is there, or `nil` if nothing is.
    private func receiveNow() -> (bytes: [UInt8], end: End?)? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 { return (Array(buffer.prefix(count)), nil) }
            if count == 0 { return ([], .fin) }
            switch errno {
            case EINTR: continue
            case EAGAIN, EWOULDBLOCK: return nil
            default: return ([], .reset)
            }
        }
    }

    /// Waits without a thread: hundreds of clients that block one each would use up all there are.
    private func waitUntilReadable() async {
        let ready = Promise<Void>()
        let cancelled = Promise<Void>()
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { ready.keep() }
        source.setCancelHandler { cancelled.keep() }
        source.activate()
        queue.asyncAfter(deadline: .now() + 20) { ready.keep() }
        try? await ready.value()
        source.cancel()
        try? await cancelled.value()
    }

    /// Runs a call that blocks where it may.
    ///
    /// Its result takes the way through a lock, as the thread sanitizer does not see what a
    /// continuation hands over that is resumed before its task waits (Swift 6.3.1, Linux).
    private static func run<Value: Sendable>(
        on queue: DispatchQueue, _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        let result = Hand<Value>()
        await withCheckedContinuation { continuation in
            queue.async {
                let value = work()
                result.value.withLock { $0 = value }
                continuation.resume()
            }
        }
        guard let value = result.value.withLock({ $0 }) else {
            preconditionFailure("set before the continuation was resumed")
        }
        return value
    }

    private final class Hand<Value: Sendable>: Sendable {
        let value = Protected<Value?>(nil)
    }

    private func onQueue<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value {
        await Self.run(on: queue, work)
    }
}

/// Splits an answer into its head and its body.
func split(_ answer: String) -> (head: String, body: String) {
    guard let end = answer.range(of: "\r\n\r\n") else { return (answer, "") }
    return (String(answer[..<end.lowerBound]), String(answer[end.upperBound...]))
}

/// Splits an answer into its head and its body, byte by byte.
func split(_ answer: [UInt8]) -> (head: [UInt8], body: [UInt8]) {
    let end = answer.indices.first { answer[$0...].starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) }
    guard let end else { return (answer, []) }
    return (Array(answer[..<end]), Array(answer[(end + 4)...]))
}

/// The chunks of a body, and whether the last one came.
func chunks(_ body: String) -> (chunks: [String], isComplete: Bool) {
    var rest = Array(body.utf8)[...]
    var chunks: [String] = []
    while let lineEnd = rest.firstIndex(of: 0x0D) {
        let digits = String(decoding: rest[..<lineEnd], as: UTF8.self)
        guard let size = Int(digits, radix: 16), rest.count >= lineEnd - rest.startIndex + 2 + size
        else { return (chunks, false) }
        if size == 0 { return (chunks, true) }
        let start = lineEnd + 2
        chunks.append(String(decoding: rest[start..<start + size], as: UTF8.self))
        rest = rest[(start + size + 2)...]
    }
    return (chunks, false)
}

// A child process (an exit test) that inherits a client keeps it open after it was closed here.
#if canImport(Darwin)
    let streamType = SOCK_STREAM
    private let noSignal: Int32 = 0
    private let systemClose = Darwin.close
    private let systemConnect = Darwin.connect
    private let systemSend = Darwin.send
#elseif canImport(Glibc)
    let streamType = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    private let noSignal = Int32(MSG_NOSIGNAL)
    private let systemClose = Glibc.close
    private let systemConnect = Glibc.connect
    private let systemSend = Glibc.send
#elseif canImport(Musl)
    let streamType = SOCK_STREAM | SOCK_CLOEXEC
    private let noSignal = Int32(MSG_NOSIGNAL)
    private let systemClose = Musl.close
    private let systemConnect = Musl.connect
    private let systemSend = Musl.send
#endif
