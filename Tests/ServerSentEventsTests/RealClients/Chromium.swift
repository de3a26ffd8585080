#if os(Linux)
    import Foundation
    import RealServers

    /// A Chromium without a window, and with a profile of its own.
    enum Chromium {
        static let program = ["chromium", "chromium-browser", "google-chrome"].lazy
            .compactMap(Program.find).first
        static let isInstalled = program != nil

        /// Shows a page for as long as a body runs.
        static func show<Result>(
            _ url: URL, _ body: (Companion) async throws -> Result
        ) async throws -> Result {
            guard let program else { throw Program.Failure(description: "not installed") }
            // Nobody reads what it says of the buses and graphics that a server has not.
            return try await Companion.run(
                program,
                {
                    [
                        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                        "--no-first-run", "--no-proxy-server", "--disable-background-networking",
                        "--disable-component-update", "--user-data-dir=\($0)", url.absoluteString,
                    ]
                }, showsErrors: false, body)
        }
    }
#endif
