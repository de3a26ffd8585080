import Testing

extension RunningTests {
    /// Wrong usage: one sentence, status 64, nothing on standard output.
    @Suite struct UsageTests {
        @Test func wrongUsageIsOneSentence() async throws {
            #expect(
                try await Tool.run("--count", "many", "http://127.0.0.1:1/")
                    == Tool.Ending(
                        status: 64, output: "",
                        error: #"sse: --count takes a whole number from 1, not "many"."#))
        }

        @Test func aFileThatCannotBeReadIsWrongUsage() async throws {
            let ending = try await Tool.run("-d", "@/no/such/file", "http://127.0.0.1:1/")
            #expect(ending.error.hasPrefix(#"sse: -d "@/no/such/file" names a file"#))
            #expect(ending.status == 64)
        }

        @Test func anArgumentThatIsNoTextIsNotRepaired() async throws {
            let tool = try Tool(
                shell: #""$SSE" -d "$(printf 'a\377')" http://127.0.0.1:1/"#)
            let ending = await tool.ended()
            #expect(ending.error.hasPrefix("sse: An argument is not UTF-8"))
            #expect(ending.status == 64)
        }

        @Test func closedDescriptorsDoNotMatter() async throws {
            let tool = try Tool(shell: #""$SSE" --count 0 2>&- <&-"#)
            #expect(await tool.ended() == Tool.Ending(status: 64, output: "", error: ""))
        }
    }
}
