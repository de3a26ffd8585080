import Foundation

/// Another program, which is run to its end.
package enum Program {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) {
            self.description = description
        }
    }

    /// Where a program is: in `PATH`, or where those of the administrator are.
    package static func find(_ program: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let directories =
            path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"]
        return directories.map { "\($0)/\(program)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Runs it; what it says of errors is lost unless it is to be shown.
    package static func run(
        _ path: String, _ arguments: [String], showsErrors: Bool = false
    ) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if !showsErrors { process.standardError = FileHandle.nullDevice }
        let (ending, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = {
            end.yield($0.terminationStatus)
            end.finish()
        }
        try process.run()
        for await status in ending where status != 0 {
            throw Failure(description: "\(path) \(arguments) ended with status \(status)")
        }
    }
}
