import Dispatch
import Foundation
import Locking
import Testing

@testable import MockServer

/// A socket waits for room; it never asks again and again.
@Suite(.timeLimit(.minutes(1)))
struct SocketTests {
    /// A socket, and the descriptor of its peer, which the test closes.
    private func connected(_ poller: any Poller) throws -> (socket: Socket, peer: Int32) {
        var pair: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, streamType, 0, &pair) == 0)
        _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
        let socket = Socket(
            SocketDescriptor(number: pair[0]), poller: poller,
            queue: DispatchQueue(label: "SocketTests"))
        return (socket, pair[1])
    }

    /// Sends until there is no room; returns what was sent over and over.
    private func fill(_ socket: Socket) -> [UInt8] {
        let piece = [UInt8](repeating: 0x78, count: 65_536)
        while case .bytes = piece.withUnsafeBytes({ socket.descriptor.send($0) }) {}
        return piece
    }

    @Test(arguments: pollers)
    func aCancelledWaitForRoomLeavesOneToWaitFor(poller: any Poller) async throws {
        let (socket, peer) = try connected(poller)
        defer { close(peer) }
        defer { socket.close() }
        let piece = fill(socket)

        let write = Task { try await socket.write(piece) }
        write.cancel()
        await #expect(throws: CancellationError.self) { try await write.value }
        let room = try #require(socket.writePromise())
        #expect(socket.writePromise() === room)

        var buffer = piece
        while recv(peer, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 {}
        try await room.value()
        try await socket.write([0x78])
    }

    @Test(arguments: pollers)
    func nobodyWaitsForRoomAfterTheEnd(poller: any Poller) async throws {
        let (socket, peer) = try connected(poller)
        defer { close(peer) }
        defer { socket.close() }
        let piece = fill(socket)
        let room = try #require(socket.writePromise())
        socket.closeAfterPeer()
        #expect(room.current != nil)
        #expect(socket.writePromise() == nil)
        await #expect(throws: Gone.self) { try await socket.write(piece) }
    }

    @Test(arguments: pollers)
    func whoClosesTellsThatThePeerHasLeftIfNobodyHasYet(poller: any Poller) async throws {
        let (socket, peer) = try connected(poller)
        defer { close(peer) }
        let told = Promise<Void>()
        let closed = Promise<Void>()
        socket.activate(onPeerEnd: { _ in told.keep() }, onClosed: { closed.keep() })
        // As far as whoever read the end had come when another closed.
        socket.state.withLock { socket.markPeerEnd(.fin, &$0) }
        socket.closeAfterPeer()
        try await closed.value()
        #expect(told.current != nil)
    }

    @Test(arguments: pollers)
    func whatWasReceivedCanBeConsumedAfterAClose(poller: any Poller) async throws {
        let (socket, peer) = try connected(poller)
        defer { close(peer) }
        socket.activate(onPeerEnd: { _ in }, onClosed: {})
        #expect(send(peer, "request", 7, 0) == 7)
        let received = try await socket.received(moreThan: 6)
        socket.close()
        socket.consume(received.count)
        await #expect(throws: Gone.self) { try await socket.received(moreThan: 0) }
    }
}
