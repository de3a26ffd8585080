import Foundation
import MockServer
import Testing

extension RunningTests {
    /// The tool on a terminal, as a person has it.
    @Suite struct TerminalTests {
        private static let feed: [Reply] = [
            .stream([
                .event("plain", id: "1"), .event("{}", type: "price"),
                .event("\u{1B}[2Jevil\u{9B}\u{7}", type: "x\u{1B}"), .event("last"), .hold,
            ])
        ]

        @Test func blocksAreReadable() async throws {
            try await withServer { server in
                server.script("/feed", Self.feed)
                let terminal = try PseudoTerminal(columns: 80)
                let tool = try Tool(
                    [server.url("/feed").absoluteString, "--count", "4"], on: terminal)
                let text = await terminal.readAll()
                #expect(await tool.status() == 0)
                #expect(text.contains(/\e\[2m\+\d+\.\d{3}\e\[0m  \e\[2mid 1\e\[0m\r\n  plain\r\n/))
                #expect(text.contains(/\e\[1;3[2-6]mprice\e\[0m/))
                // A server's control characters are shown, not sent.
                #expect(text.contains("  \\u{1B}[2Jevil\\u{9B}\\u{7}\r\n"))
                #expect(text.contains("mx\\u{1B}\u{1B}[0m"))
                let screen = Screen(text)
                #expect(screen.unknown.isEmpty)
                #expect(screen.column == 0)
                #expect(screen.text.last?.hasSuffix("  * finished") == true)
                #expect(!screen.text.contains { $0.contains(" · ") })
            }
        }

        @Test func theStatusLineIsTakenAwayAtTheEnd() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                let terminal = try PseudoTerminal(columns: 80)
                let tool = try Tool([server.url("/feed").absoluteString], on: terminal)
                await terminal.read(until: "connected · 1 event · 1/s · 0:0")
                // It stands under all else.
                #expect(Screen(terminal.text).lines.last?.starts(with: "connected") == true)
                terminal.typeControlC()
                await terminal.read(until: "^C")
                tool.signal(SIGINT)
                let screen = Screen(await terminal.readAll())
                #expect(await tool.status() == 130)
                #expect(screen.column == 0)
                #expect(screen.lines.last == [])
                #expect(screen.text.last == "  one")
                #expect(try await server.connection(1, on: "/feed").ended().by == .client)
            }
        }

        @Test func theWaitIsCountedDown() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .end]), .status(204)])
                let terminal = try PseudoTerminal(columns: 80)
                let tool = try Tool(
                    [server.url("/feed").absoluteString, "--retry-delay", "1.1"], on: terminal)
                let text = await terminal.readAll()
                #expect(await tool.status() == 0)
                #expect(text.contains("reconnecting in 2 s · 1 event"))
                #expect(text.contains("reconnecting in 1 s · 1 event"))
                #expect(!Screen(text).text.contains { $0.contains("reconnecting") })
            }
        }

        @Test func theStatusLineIsNeverWrapped() async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("one"), .hold])])
                let terminal = try PseudoTerminal(columns: 20)
                let tool = try Tool([server.url("/feed").absoluteString], on: terminal)
                await terminal.read(until: "connected · 1 even…")
                terminal.resize(columns: 12)
                await terminal.read(until: "\u{1B}[2mconnected …\u{1B}[0m\r")
                tool.signal(SIGINT)
                for line in await terminal.readAll().split(separator: "\u{1B}[J").dropFirst() {
                    let shown = line.prefix { $0 != "\r" && $0 != "\r\n" }
                        .replacing(/\e\[[0-9;]*m/, with: "")
                    if shown.hasPrefix("connected") { #expect(shown.count < 20) }
                }
                #expect(await tool.status() == 130)
            }
        }

        @Test(arguments: [
            (["NO_COLOR": "1"], false, true), (["TERM": "dumb"], false, false),
            (["TERM": "xterm"], true, true),
        ])
        func theEnvironmentIsRespected(
            environment: [String: String], hasColour: Bool, hasStatus: Bool
        ) async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("1", type: "a"), .gate("shown"), .end])])
                let terminal = try PseudoTerminal(columns: 80)
                let tool = try Tool(
                    [server.url("/feed").absoluteString, "--reconnect", "never"], on: terminal,
                    environment: environment)
                await terminal.read(until: hasStatus ? "1 event" : "  1\r\n")
                server.openGate("shown")
                let text = await terminal.readAll()
                #expect(await tool.status() == 0)
                #expect(text.contains(/\e\[[0-9;]+m/) == hasColour)
                #expect(text.contains("\u{1B}[J") == hasStatus)
                #expect(text.contains(" · ") == hasStatus)
                #expect(text.contains("\u{1B}") == (hasColour || hasStatus))
                #expect(text.contains("  a\r\n  1\r\n") == !hasColour)
            }
        }

        @Test func aPersonIsToldOfTheInspector() async throws {
            let file = try TemporaryFile("{}")
            let terminal = try PseudoTerminal(columns: 80)
            let tool = try Tool(["serve", file.path], on: terminal)
            await terminal.read(until: "ends it.\r\n")
            terminal.typeControlC()
            await terminal.read(until: "^C")
            tool.signal(SIGINT)
            let screen = Screen(await terminal.readAll())
            let lines = screen.text
            #expect(await tool.status() == 130)
            #expect(screen.column == 0)
            #expect(lines.first?.hasPrefix("http://127.0.0.1:") == true)
            #expect(
                lines.dropFirst() == [
                    "Open it in a browser to look on and take part; Ctrl-C ends it."
                ])
        }

        /// At the other end of a pipe may be a program that prints on the same terminal.
        @Test(arguments: [("\"$@\" | cat", false), ("\"$@\" > \"$FILE\"", true)])
        func itDisturbsNothing(command: String, hasStatus: Bool) async throws {
            try await withServer { server in
                server.script("/feed", [.stream([.event("1", type: "a"), .gate("shown"), .end])])
                let file = try TemporaryFile()
                let terminal = try PseudoTerminal(columns: 80)
                let tool = try Tool(
                    [server.url("/feed").absoluteString, "--reconnect", "never"], on: terminal,
                    environment: ["FILE": file.path], shell: command)
                await terminal.read(until: hasStatus ? "1 event" : "  1\r\n")
                server.openGate("shown")
                let text = await terminal.readAll()
                #expect(await tool.status() == 0)
                #expect(text.contains("  * open"))
                #expect(text.contains(" · ") == hasStatus)
                // What goes elsewhere has neither colours nor times.
                let output = try String(contentsOf: file.url, encoding: .utf8)
                #expect(output == (hasStatus ? "a\n  1\n\n" : ""))
                #expect(hasStatus || text.contains("\r\na\r\n  1\r\n"))
            }
        }
    }
}
