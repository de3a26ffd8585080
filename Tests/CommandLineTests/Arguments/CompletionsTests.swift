import Foundation
import Testing

@testable import sse

/// The completions are those of the options, and real shells understand them.
struct CompletionsTests {
    private static func find(_ shell: Completions) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/\(shell.rawValue)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// What a shell says to a script, given as its input.
    private func ask(_ shell: Completions, _ script: String) async throws -> String {
        let file = try TemporaryFile(shell.text)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.find(shell)))
        process.arguments = [shell == .fish ? "--no-config" : shell == .zsh ? "-f" : "--norc"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = script.replacing("COMPLETIONS", with: file.path)
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: answer, as: UTF8.self)
    }

    @Test(arguments: Completions.allCases, Option.allCases)
    func everyOptionIsThere(shell: Completions, option: Option) {
        let text = shell.text
        switch shell {
        case .bash, .zsh:
            for name in option.names { #expect(text.contains(name)) }
        case .fish:
            #expect(text.contains("-l \(option.rawValue) "))
            if let short = option.short { #expect(text.contains(" -s \(short.dropFirst()) ")) }
        }
        for word in option.value?.words ?? [] { #expect(text.contains(word)) }
    }

    @Test(.enabled(if: find(.bash) != nil, "bash is not installed"))
    func bashCompletes() async throws {
        let answer = try await ask(
            .bash,
            """
            source COMPLETIONS
            try() {
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sse; echo "${COMPREPLY[*]}"
            }
            try sse --re
            try sse --reconnect s
            try sse --count ''
            try sse -X P
            try sse s
            try sse --completions ''
            cd "$(dirname COMPLETIONS)"
            try sse -d "$(basename COMPLETIONS .json)"
            try sse serve "$(basename COMPLETIONS .json)"
            try sse http://x --ty
            complete -p sse
            """)
        let lines = answer.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(
            lines.prefix(6) == [
                "--reconnect --retry-delay", "standard", "", "POST PUT PATCH", "serve",
                "bash zsh fish",
            ])
        try #require(lines.count >= 10)
        #expect(lines[6].hasSuffix(".json") && lines[6] == lines[7])
        #expect(lines[8...9] == ["--type", "complete -F _sse sse"])
    }

    /// Completes as a person does, with the key, in a shell of its own.
    @Test(.enabled(if: find(.zsh) != nil, "zsh is not installed"))
    func zshCompletes() async throws {
        let answer = try await ask(
            .zsh,
            #"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'autoload -Uz compinit && compinit -D -u; bindkey "^I" complete-word'
            zpty -w shell 'source COMPLETIONS'
            for typed in '--retry-d' '--reconnect=st' '--max-e' '-X PA'; do
                # What was completed becomes the argument of a command that prints it.
                zpty -w -n shell "sse $typed"$'\t\C-aprint -r -- \n'
            done
            # What is echoed while it is typed is not this.
            zpty -w shell 'print FIN""ISHED'
            zpty -r shell all '*FINISHED*'
            print -r -- "$all"
            zpty -d shell
            """#)
        // Its own lines, among what the terminal shows.
        let lines = answer.split(whereSeparator: \.isNewline)
        for line in [
            "sse --retry-delay", "sse --reconnect=standard", "sse --max-event-size",
            "sse -X PATCH",
        ] {
            #expect(lines.contains { $0.trimmingCharacters(in: .whitespaces) == line }, "\(answer)")
        }
    }

    @Test(.enabled(if: find(.fish) != nil, "fish is not installed"))
    func fishCompletes() async throws {
        let answer = try await ask(
            .fish,
            """
            source COMPLETIONS; or echo FAILED
            complete -C 'sse --re' | cut -f 1 | tr '\\n' ' '
            complete -C 'sse --reconnect s' | cut -f 1 | tr '\\n' ' '
            complete -C 'sse -X P' | cut -f 1 | tr '\\n' ' '
            complete -C 'sse s' | tr '\\t\\n' ': '
            """)
        #expect(
            answer
                == "--reconnect --retry-delay standard PATCH POST PUT serve:play a script on loopback ",
            "\(answer)")
    }
}
