package import Foundation

/// A Chromium without a window, and with a profile of its own.
package enum Chromium {
    private static let program = ["chromium", "chromium-browser", "google-chrome"].lazy
        .compactMap(Program.find).first
    package static let isInstalled: Bool = {
        // Elsewhere a companion could not be ended with all its processes.
        #if os(Linux)
            program != nil
        #else
            false
        #endif
    }()

    /// Shows a page for as long as a body runs.
    package static func show<Result>(
        _ url: URL, _ body: (Companion) async throws -> Result
    ) async throws -> Result {
        guard let program else { throw Program.Failure(description: "not installed") }
        // Nobody reads what it says of the buses and graphics that a server has not.
        return try await Companion.run(
            program,
            {
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--no-first-run", "--no-proxy-server", "--disable-popup-blocking",
                    "--disable-background-networking",
                    "--disable-component-update", "--user-data-dir=\($0)", url.absoluteString,
                ]
            }, showsErrors: false, body)
    }
}
