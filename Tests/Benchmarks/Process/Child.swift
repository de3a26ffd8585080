import Foundation

/// This executable once more, in a process of its own.
final class Child {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// This executable.
    static var own: URL {
        Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    }

    init(_ arguments: [String]) throws {
        process.executableURL = Self.own
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// The port that a server says it listens on.
    func port() throws -> UInt16 {
        var text = ""
        while !text.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure(text: "The server of a benchmark ended.") }
            text += String(decoding: data, as: UTF8.self)
        }
        guard let port = UInt16(text.dropLast()) else { throw Failure(text: text) }
        return port
    }

    /// What a client has measured, by name.
    func figures() throws -> [String: Double] {
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(text: "A client ended: \(text)") }
        return text.split(separator: "\n").reduce(into: [:]) { figures, line in
            let words = line.split(separator: " ")
            guard words.count == 2, let value = Double(words[1]) else { return }
            figures[String(words[0])] = value
        }
    }

    /// Closes its input, at which a server ends.
    func stop() throws {
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Ends this process, which is a child, when its parent goes away, and after a bound at the
    /// latest.
    static func endWithParent() {
        alarm(600)
        Thread.detachNewThread {
            var byte: UInt8 = 0
            while read(0, &byte, 1) > 0 {}
            exit(0)
        }
    }

    struct Failure: Error {
        var text: String
    }
}
