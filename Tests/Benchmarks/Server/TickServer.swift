import Foundation

/// A server that sends an event each second to each of thousands of connections, from one thread.
struct TickServer {
    private struct Tick {
        var connection: Int32
        var due: Int
    }

    private let listener: Int32
    private let event = Chunk.framed("data: tick\n\n")
    /// Connections whose request has not come yet.
    private var asking: [pollfd] = []
    /// The next events, the earliest first: as all have the same period, in turn.
    private var ticks: [Tick] = []
    private var next = 0

    /// Serves until the parent goes away.
    static func run() throws -> Never {
        Usage.raiseDescriptorLimit()
        let (listener, port) = try RawSocket.listening()
        Child.endWithParent()
        print(port)
        fflush(nil)
        var server = TickServer(listener: listener)
        while true { server.turn() }
    }

    private init(listener: Int32) {
        self.listener = listener
        _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    }

    private mutating func turn() {
        var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)] + asking
        poll(&polled, nfds_t(polled.count), 2)
        let ready = polled.dropFirst().filter { $0.revents != 0 }
        asking = polled.dropFirst().filter { $0.revents == 0 }
        for connection in ready.map(\.fd) { answer(connection) }
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            asking.append(pollfd(fd: connection, events: Int16(POLLIN), revents: 0))
        }
        sendDue()
    }

    private mutating func answer(_ connection: Int32) {
        guard ServedRequest(from: connection) != nil,
            RawSocket.write(Chunk.head + event, to: connection)
        else {
            close(connection)
            return
        }
        ticks.append(Tick(connection: connection, due: Ticks.now + 1_000_000_000))
    }

    private mutating func sendDue() {
        let now = Ticks.now
        while next < ticks.count, ticks[next].due <= now {
            var tick = ticks[next]
            next += 1
            if RawSocket.write(event, to: tick.connection) {
                tick.due += 1_000_000_000
                ticks.append(tick)
            } else {
                close(tick.connection)
            }
        }
        if next > 10_000 {
            ticks.removeFirst(next)
            next = 0
        }
    }
}
