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

/// Runs a body with a server that is patient: many processes may share few cores.
func withServer<Result>(
    fileID: String = #fileID, line: Int = #line,
    _ body: (MockEventServer) async throws -> Result
) async throws -> Result {
    try await MockEventServer.run(waitLimit: .seconds(30), fileID: fileID, line: line, body)
}
