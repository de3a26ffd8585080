/// Takes a command line apart, by the rules that curl's users know.
///
/// `--name value`, `--name=value`, `-n value`, `-nvalue`; after `--` everything is an operand. A
/// value is whatever comes next, even if it begins with a dash: `--until -1`.
struct ArgumentReader {
    enum Argument: Equatable {
        /// An option, dashes included; its value may be attached to it.
        case option(String, attached: String?)
        case operand(String)
    }

    private var rest: ArraySlice<String>
    private var hasOptions = true
    /// The name of the option that was read last, as it was given.
    private(set) var name = ""
    private var attached: String?

    init(_ arguments: [String]) {
        rest = arguments[...]
    }

    /// The next argument, with the value that is attached to it, if any.
    mutating func next() -> Argument? {
        guard let argument = rest.popFirst() else { return nil }
        guard hasOptions, argument.utf8.count > 1, argument.hasPrefix("-") else {
            return .operand(argument)
        }
        if argument == "--" {
            hasOptions = false
            return next()
        }
        if argument.hasPrefix("--") {
            let parts = argument.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            name = String(parts[0])
            attached = parts.count > 1 ? String(parts[1]) : nil
        } else {
            name = String(argument.prefix(2))
            attached = argument.count > 2 ? String(argument.dropFirst(2)) : nil
        }
        return .option(name, attached: attached)
    }

    /// The value of the option that was read last.
    mutating func value(of option: Option) throws(UsageError) -> String {
        guard let value = attached ?? rest.popFirst() else {
            throw UsageError("\(name) needs a value: \(option.value?.explanation ?? "").")
        }
        return value
    }

    /// Makes sure that the option that was read last has no value.
    func flag() throws(UsageError) {
        if let attached {
            throw UsageError(
                "\(name) takes no value, and \(attached.debugDescription) is attached to it.")
        }
    }
}
