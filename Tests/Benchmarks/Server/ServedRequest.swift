import Foundation

/// A request as a benchmark sends it: `/<feed>/<count>`, perhaps with a last event ID.
struct ServedRequest {
    let feed: String
    let count: Int
    let lastEventID: Int

    /// Reads a request, blocking; `nil` if the client leaves.
    init?(from connection: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !bytes.ends(with: "\r\n\r\n") {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let path = lines[0].split(separator: " ").dropFirst().first ?? ""
        let parts = path.split(separator: "/")
        feed = String(parts.first ?? "")
        count = parts.dropFirst().first.flatMap { Int($0) } ?? 0
        let header = "last-event-id: "
        let line = lines.first { $0.lowercased().hasPrefix(header) }
        lastEventID = line.flatMap { Int($0.dropFirst(header.count)) } ?? 0
    }
}

extension [UInt8] {
    func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
