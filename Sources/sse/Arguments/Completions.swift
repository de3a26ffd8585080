/// The shells that can complete the tool's options, by a script that `--completions` prints.
///
/// It is made from the options themselves, so that none is forgotten.
enum Completions: String, CaseIterable {
    case bash
    case zsh
    case fish

    private static let commands = [
        (name: "serve", summary: "play a script on loopback"),
        (name: "record", summary: "write a stream as a script"),
    ]

    /// The script.
    var text: String {
        switch self {
        case .bash: Self.bashText
        case .zsh: Self.zshText
        case .fish: Self.fishText
        }
    }

    // MARK: bash

    private static var bashText: String {
        let options = Option.allCases.filter { $0.value != nil }
        let cases = options.map { option in
            let names = option.names.joined(separator: "|")
            let value = option.value
            let reply =
                if value?.isFile == true {
                    #"COMPREPLY=($(compgen -f -- "$word"))"#
                } else if let words = value?.words, !words.isEmpty {
                    "COMPREPLY=($(compgen -W \(quoted(words.joined(separator: " "))) -- \"$word\"))"
                } else {
                    ":"
                }
            return "        \(names)) \(reply); return ;;"
        }
        let names = Option.allCases.flatMap(\.names).joined(separator: " ")
        let words = commands.map(\.name).joined(separator: " ")
        return """
            # Completions of sse for bash: put this into ~/.bashrc
            #   source <(sse --completions bash)
            _sse() {
                local word=${COMP_WORDS[COMP_CWORD]}
                COMPREPLY=()
                case ${COMP_WORDS[COMP_CWORD-1]} in
            \(cases.joined(separator: "\n"))
                    serve) COMPREPLY=($(compgen -f -- "$word")); return ;;
                esac
                if [[ $word == -* ]]; then
                    COMPREPLY=($(compgen -W \(quoted(names)) -- "$word"))
                elif [[ $COMP_CWORD == 1 ]]; then
                    COMPREPLY=($(compgen -W \(quoted(words)) -- "$word"))
                fi
            }
            complete -F _sse sse

            """
    }

    // MARK: zsh

    private static var zshText: String {
        let options = Option.allCases.map { option -> String in
            let excluded = option.isRepeatable ? "*" : "(\(option.names.joined(separator: " ")))"
            let value = option.value.map { value in
                let action =
                    value.isFile
                    ? "_files"
                    : value.words.isEmpty ? "" : "(\(value.words.joined(separator: " ")))"
                return ":\(value.explanation.escapingColons):\(action)"
            }
            let names = option.names.map { name in
                option.value == nil ? name : name.hasPrefix("--") ? name + "=" : name + "+"
            }
            // The shell expands the braces, so they stand outside the quotes.
            let spelling = names.count > 1 ? "{\(names.joined(separator: ","))}" : names[0]
            let summary = "[\(option.summary)]"
            return "        " + quoted(excluded) + spelling + quoted(summary + (value ?? ""))
        }
        let words = commands.map { "\(quoted("\($0.name):\($0.summary)"))" }
        return """
            #compdef sse
            # Completions of sse for zsh: write this to a file _sse in a folder of $fpath, or
            #   source <(sse --completions zsh)
            _sse() {
                local -a commands
                commands=(\(words.joined(separator: " ")))
                _arguments -s -S \\
            \(options.joined(separator: " \\\n")) \\
                    '1: :{ _describe command commands; _urls }' \\
                    '2: :_files'
            }
            if [[ ${funcstack[1]} == _sse ]]; then
                _sse "$@"
            else
                compdef _sse sse
            fi

            """
    }

    // MARK: fish

    private static var fishText: String {
        let options = Option.allCases.map { option in
            var line = "complete -c sse -l \(option.rawValue)"
            if let short = option.short { line += " -s \(short.dropFirst())" }
            if let value = option.value {
                line += value.isFile ? " -r -F" : " -x"
                if !value.words.isEmpty {
                    line += " -a \(quoted(value.words.joined(separator: " ")))"
                }
            }
            return line + " -d \(quoted(option.summary))"
        }
        let words = commands.map {
            "complete -c sse -n __fish_use_subcommand -a \($0.name) -d \(quoted($0.summary))"
        }
        return """
            # Completions of sse for fish: write this to
            #   ~/.config/fish/completions/sse.fish
            complete -c sse -f
            complete -c sse -n '__fish_seen_subcommand_from serve' -F
            \((words + options).joined(separator: "\n"))

            """
    }

    /// A text as all three shells take it for one word.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}

extension Option {
    fileprivate var isRepeatable: Bool { [.header, .data, .type].contains(self) }
}

extension String {
    fileprivate var escapingColons: String { replacing(":", with: "\\:") }
}
