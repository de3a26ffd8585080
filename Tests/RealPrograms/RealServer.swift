package import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server that is another program, and was written as the guides show one.
///
/// It ends when standard input does: with this object, or with the process of the tests.
package final class RealServer: Sendable {
    /// What it is written in.
    package enum Kind: String, CaseIterable, Sendable {
        case python
        case node

        fileprivate var program: String? { Program.find(self == .python ? "python3" : "node") }
        fileprivate var file: String { self == .python ? "server.py" : "server.mjs" }

        package static let installed = allCases.filter { $0.program != nil }
    }

    private static let folder = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../Servers").standardized

    package let port: Int
    private let life = Pipe()
    private let process: Int32
    private let ending: AsyncStream<Void>

    /// Starts it.
    ///
    /// - Parameters:
    ///   - kind: What it is written in.
    ///   - port: The port; 0 for any.
    /// - Throws: If it cannot be started, or the port is not free.
    package init(_ kind: Kind, port: Int = 0) async throws {
        guard let program = kind.program else {
            throw Program.Failure(description: "\(kind) not installed")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [Self.folder.appendingPathComponent(kind.file).path, "\(port)"]
        process.standardInput = life
        let output = Pipe()
        process.standardOutput = output
        let (ending, end) = AsyncStream.makeStream(of: Void.self)
        self.ending = ending
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        self.process = process.processIdentifier
        guard let line = await Self.line(of: output), let port = Int(line) else {
            throw Program.Failure(description: "\(kind) told no port")
        }
        self.port = port
    }

    deinit {
        try? life.fileHandleForWriting.close()
    }

    package func url(_ path: String) throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else {
            throw Program.Failure(description: "\(path) is no path")
        }
        return url
    }

    /// Has it send a text to all who are subscribed.
    ///
    /// - Parameter text: The text.
    /// - Returns: How many they are.
    /// - Throws: If it cannot be asked, or does not say.
    package func send(_ text: String) async throws -> Int? {
        var request = URLRequest(url: try url("/send"))
        request.httpMethod = "POST"
        request.httpBody = Data(text.utf8)
        let (data, _) = try await URLSession.shared.data(for: request)
        return try JSONDecoder().decode([String: Int].self, from: data)["subscribers"]
    }

    /// Kills it in the middle of whatever it does, and waits until it is gone.
    package func kill() async {
        Foundation.kill(process, SIGKILL)
        for await _ in ending {}
    }

    /// The first line of what a program says.
    private static func line(of output: Pipe) async -> String? {
        let (lines, found) = AsyncStream.makeStream(of: String.self)
        let handle = output.fileHandleForReading
        DispatchQueue(label: "RealServer").async {
            var text = ""
            while !text.contains("\n"), case let data = handle.availableData, !data.isEmpty {
                text += String(decoding: data, as: UTF8.self)
            }
            found.yield(text.trimmingCharacters(in: .newlines))
            found.finish()
        }
        for await line in lines { return line }
        return nil
    }
}
