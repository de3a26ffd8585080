import Foundation
import MockServer

extension Tool {
    /// Runs the tool to its end, with the URL of a server's path as the first argument.
    static func run(
        _ server: MockEventServer, _ path: String, _ options: String..., input: String = ""
    ) async throws -> Ending {
        try await Tool([server.url(path).absoluteString] + options, input: input).ended()
    }
}
