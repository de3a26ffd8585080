import Foundation

/// The server of most benchmarks: a thread for each connection, and a feed for each path.
enum FeedServer {
    /// Serves until the parent goes away.
    static func run() throws -> Never {
        let (listener, port) = try RawSocket.listening()
        Child.endWithParent()
        print(port)
        fflush(nil)
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { continue }
            Thread.detachNewThread {
                if let request = ServedRequest(from: connection) { serve(request, to: connection) }
                close(connection)
            }
        }
    }

    private static func serve(_ request: ServedRequest, to connection: Int32) {
        guard request.feed != "silence" else { return wait(for: connection) }
        guard RawSocket.write(Chunk.head, to: connection) else { return }
        switch request.feed {
        case "flood": flood(request.count, to: connection)
        case "numbered": numbered(from: request.lastEventID + 1, through: request.count, connection)
        case "clock": clock(request.count, to: connection)
        default: hold(connection)
        }
    }

    private static let event = Chunk.framed(Body.llm.unit)
    private static let blockSize = 4000

    /// Made once: for a connection of ten events it would take longer than all the rest.
    private static let block = Array((0..<blockSize).map { _ in event }.joined())

    /// Events of a language model, each in its own chunk, as fast as they are taken.
    private static func flood(_ count: Int, to connection: Int32) {
        for start in stride(from: 0, to: count, by: blockSize) {
            let size = min(blockSize, count - start) * event.count
            let part = size == block.count ? block : Array(block[..<size])
            guard RawSocket.write(part, to: connection) else { return }
        }
        _ = RawSocket.write(Chunk.last, to: connection)
    }

    /// Events of 4 KiB with IDs, from where the client stopped.
    private static func numbered(from first: Int, through last: Int, _ connection: Int32) {
        let padding = String(repeating: "x", count: 4000)
        for start in stride(from: first, through: last, by: 64) {
            let block = (start...min(start + 63, last)).flatMap {
                Chunk.framed("id: \($0)\ndata: \(padding)\n\n")
            }
            guard RawSocket.write(block, to: connection) else { return }
        }
        _ = RawSocket.write(Chunk.framed("event: end\ndata:\n\n") + Chunk.last, to: connection)
    }

    /// An event each millisecond, which says when it was sent.
    private static func clock(_ count: Int, to connection: Int32) {
        var due = Ticks.now
        for _ in 0..<count {
            due += 1_000_000
            Ticks.sleep(until: due)
            guard RawSocket.write(Chunk.framed("data: \(Ticks.now)\n\n"), to: connection) else {
                return
            }
        }
        _ = RawSocket.write(Chunk.last, to: connection)
    }

    /// One event, and then silence.
    private static func hold(_ connection: Int32) {
        guard RawSocket.write(Chunk.framed("data: one\n\n"), to: connection) else { return }
        wait(for: connection)
    }

    /// Waits until the client leaves.
    private static func wait(for connection: Int32) {
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
    }
}
