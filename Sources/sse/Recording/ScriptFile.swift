import Foundation
import MockServer

/// A script file that is written reply by reply and step by step, and is whole after every write.
struct ScriptFile {
    private enum Place {
        /// After so many whole replies.
        case replies(Int)
        /// In a stream, after so many replies and steps.
        case steps(Int, replies: Int)
    }

    private let handle: FileHandle
    private let encoder = JSONEncoder()
    /// Where the next part goes, over what makes the file whole for now.
    private var offset: UInt64 = 0
    private var place = Place.replies(0)

    /// Creates the file, or empties it.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - path: The path that the script answers.
    /// - Throws: The system's error.
    init(_ file: URL, path: String) throws {
        // Made empty first: a handle for writing needs a file.
        try Data().write(to: file)
        handle = try FileHandle(forWritingTo: file)
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try write("{\(try json(path)): [", closing: "\n]}\n")
    }

    /// Writes a reply that is no stream.
    mutating func append(_ reply: Reply) throws {
        let count = try endedReplies()
        place = .replies(count + 1)
        try write("\(count > 0 ? "," : "")\n  \(try json(reply))", closing: "\n]}\n")
    }

    /// Begins a stream.
    mutating func begin(_ headers: Headers) throws {
        let count = try endedReplies()
        place = .steps(0, replies: count)
        try writeStep(
            "\(count > 0 ? "," : "")\n  {\"headers\": \(try json(headers)), \"stream\": [")
    }

    /// Writes a step of the stream.
    mutating func append(_ step: Step) throws {
        guard case .steps(let count, let replies) = place else { return }
        place = .steps(count + 1, replies: replies)
        try writeStep("\(count > 0 ? "," : "")\n    \(try json(step))")
    }

    /// Writes the last step of the stream.
    mutating func end(_ step: Step) throws {
        guard case .steps(let count, let replies) = place else { return }
        place = .replies(replies + 1)
        let text = "\(count > 0 ? "," : "")\n    \(try json(step))\n  ]}"
        try write(text, closing: "\n]}\n")
    }

    /// Ends a stream that another answer comes after; how many replies there are.
    private mutating func endedReplies() throws -> Int {
        try end(.hold)
        guard case .replies(let count) = place else { return 0 }
        return count
    }

    /// Writes a part inside a stream, and the end that it has if nothing more comes.
    private mutating func writeStep(_ text: String) throws {
        guard case .steps(let count, replies: _) = place else { return }
        let hold = "\(count > 0 ? "," : "")\n    \(try json(Step.hold))"
        try write(text, closing: "\(hold)\n  ]}\n]}\n")
    }

    private mutating func write(_ text: String, closing: String) throws {
        let part = Data(text.utf8)
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: part + Data(closing.utf8))
        offset += UInt64(part.count)
        try handle.truncate(atOffset: offset + UInt64(closing.utf8.count))
    }

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
