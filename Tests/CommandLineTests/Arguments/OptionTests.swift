import Testing

@testable import sse

/// Each option takes what the table says, whatever its name and command.
struct OptionTests {
    private static let withValue = Option.allCases.filter { $0.value != nil }
    private static let flags = Option.allCases.filter { $0.value == nil }

    /// The rest of a command line that an option goes with.
    private func command(_ option: Option) -> [String] {
        switch option.use {
        case .serve: ["serve", "s.json"]
        case .record: ["record", "http://127.0.0.1/"]
        case .stream, .streamAndRecord: ["http://127.0.0.1/"]
        case .alone: []
        }
    }

    /// A value that an option accepts.
    private func sample(_ option: Option) -> String? {
        switch option {
        case .header: "A: b"
        case .idleTimeout: "off"
        case .transport: "urlsession"
        case .reconnect: "never"
        case .completions: "zsh"
        default: option.value.map { _ in "1" }
        }
    }

    @Test(arguments: Option.allCases)
    func everyNameIsUnderstood(option: Option) throws {
        for name in option.names {
            #expect(Option(name) == option)
            let invocation = try Invocation(
                command(option) + [name] + [sample(option)].compactMap { $0 })
            if option.use != .alone, option.use != .record {
                // It changes something, unless it was the default.
                let plain = try Invocation(command(option))
                #expect((invocation == plain) == (option == .transport || option == .speed))
            }
        }
    }

    @Test(arguments: withValue)
    func aValueThatIsMissingIsAsked(option: Option) {
        for name in option.names {
            let error = #expect(throws: UsageError.self) {
                try Invocation(command(option) + [name])
            }
            let explanation = option.value?.explanation ?? ""
            #expect(error?.message == "\(name) needs a value: \(explanation).")
        }
    }

    @Test(arguments: flags)
    func aFlagTakesNoValue(option: Option) {
        let error = #expect(throws: UsageError.self) {
            try Invocation(command(option) + [option.long + "=x"])
        }
        #expect(
            error?.message == "\(option.long) takes no value, and \"x\" is attached to it.")
    }

    @Test func noTwoOptionsShareAName() {
        let names = Option.allCases.flatMap(\.names)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: ["tcsh", "", "Bash"])
    func completionsAreForThreeShells(shell: String) {
        let error = #expect(throws: UsageError.self) {
            try Invocation(["--completions", shell])
        }
        #expect(
            error?.message
                == "--completions takes bash, zsh or fish, not \(shell.debugDescription).")
    }
}
