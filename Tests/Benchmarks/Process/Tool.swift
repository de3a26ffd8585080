import Foundation

/// A program of the system, which may not be installed.
struct Tool {
    private let file: URL

    /// `nil` if no folder of the search path has it.
    init?(_ name: String) {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let files = path.split(separator: ":").map {
            URL(fileURLWithPath: String($0)).appending(path: name)
        }
        let file = files.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let file else { return nil }
        self.file = file
    }

    /// Runs it to its end, and has nothing to say if that is a good one.
    func run(_ arguments: [String]) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = file
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Child.Failure(text: String(decoding: text, as: UTF8.self))
        }
    }
}
