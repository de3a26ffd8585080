import Foundation
import RealPrograms
import Testing

extension RunningTests {
    /// The tool with servers of others, Python's and Node's.
    @Suite(.enabled(if: !RealServer.Kind.installed.isEmpty, "neither python3 nor node installed"))
    struct RealServerTests {
        private static let transports: [String] = {
            #if os(Linux)
                ["urlsession", "libcurl"]
            #else
                ["urlsession"]
            #endif
        }()

        @Test(arguments: RealServer.Kind.installed, transports)
        func theTickerIsPrinted(_ kind: RealServer.Kind, transport: String) async throws {
            let server = try await RealServer(kind)
            let ending = try await Tool.run(
                try server.url("/ticker").absoluteString, "--count", "3", "--transport", transport)
            #expect(
                ending
                    == Tool.Ending(
                        status: 0,
                        output: "tick\n  1\nid 1\n\ntick\n  4\nid 2\n\ntick\n  9\nid 3\n",
                        error: ""))
        }

        @Test(arguments: RealServer.Kind.installed, transports)
        func randomEventsArePrintedToTheEnd(
            _ kind: RealServer.Kind, transport: String
        ) async throws {
            let server = try await RealServer(kind)
            let ending = try await Tool.run(
                try server.url("/random?n=20").absoluteString, "--json", "--reconnect", "never",
                "--transport", transport)
            #expect(ending.status == 0)
            let lines = ending.output.split(separator: "\n")
            #expect(lines.count == 20)
            for (number, line) in zip(1..., lines) {
                #expect(line.contains(#""lastEventID":"\#(number)""#))
            }
        }

        @Test(arguments: RealServer.Kind.installed, transports)
        func aBroadcastIsPrintedByAll(_ kind: RealServer.Kind, transport: String) async throws {
            let server = try await RealServer(kind)
            let arguments = [
                try server.url("/subscribe").absoluteString, "--json", "--count", "2",
                "--transport", transport,
            ]
            let tools = [try Tool(arguments), try Tool(arguments)]
            for tool in tools {
                #expect(await tool.line()?.contains(#""type":"welcome""#) == true)
            }
            #expect(try await server.send("to all") == 2)
            for tool in tools {
                let ending = await tool.ended()
                #expect(ending.status == 0)
                #expect(
                    ending.output.hasSuffix(
                        #"{"event":{"type":"message","data":"to all","lastEventID":"1"}}"#))
            }
        }

        @Test(arguments: RealServer.Kind.installed, transports)
        func aServerThatIsKilledLosesNothing(
            _ kind: RealServer.Kind, transport: String
        ) async throws {
            var server = try await RealServer(kind)
            let tool = try Tool([
                try server.url("/ticker").absoluteString, "--json", "--count", "12",
                "--transport", transport,
            ])
            for _ in 0..<4 { #expect(await tool.line() != nil) }
            await server.kill()
            server = try await RealServer(kind, port: server.port)
            let ending = await tool.ended()
            #expect(ending.status == 0)
            let expected = (1...12).map {
                #"{"event":{"type":"tick","data":"\#($0 * $0)","lastEventID":"\#($0)"}}"#
            }
            #expect(ending.output == expected.joined(separator: "\n"))
        }
    }
}
