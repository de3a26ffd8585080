/// Pieces of a chunked HTTP answer.
enum Chunk {
    static let head = Array(
        """
        HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\
        Connection: close\r\n\r\n
        """.utf8)
    static let last = Array("0\r\n\r\n".utf8)

    /// A chunk of its own.
    static func framed(_ text: String) -> [UInt8] {
        Array("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n".utf8)
    }
}
