import Foundation

/// A real Chromium without a window, on a page; it is ended with this object, or with the process of
/// the tests.
///
/// What a page finds out it tells a server by a request.
final class Browser {
    static let isInstalled = program != nil

    private static let program: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let names = ["chromium", "chromium-browser", "google-chrome"]
        return path.split(separator: ":").flatMap { folder in names.map { "\(folder)/\($0)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private let life = Pipe()

    /// Opens a page.
    init(on page: String) throws {
        let profile = FileManager.default.temporaryDirectory.path + "/sse-\(UUID().uuidString)"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The shell does not `wait`, which needs a signal that is blocked here; Chromium writes to its
        // profile for a moment.
        process.arguments = [
            "-c", #""$@" & read line; kill $!; for i in 1 2 3; do sleep 1; rm -rf "$0"; done"#,
            profile, Self.program ?? "",
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--user-data-dir=\(profile)", "--disable-popup-blocking",
            // Otherwise it ends as soon as the page is there.
            "--remote-debugging-port=0", page,
        ]
        process.standardInput = life
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        try? life.fileHandleForWriting.close()
    }
}
