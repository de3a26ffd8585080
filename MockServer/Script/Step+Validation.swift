extension Step {
    /// What makes no sense about this step by itself, in words.
    package var problems: [String] {
        // The modifiers of a step that makes no sense cannot be judged.
        kindProblems.isEmpty ? modifierProblems : kindProblems
    }

    private static let paddingLimit = 64 << 20

    private var kindProblems: [String] {
        switch kind {
        case .event(data: _, let type, let id, let retry):
            [
                type.flatMap { $0.isOneLine ? nil : "the type \($0.quoted) has a line end" },
                id.flatMap { $0.isOneLine ? nil : "the id \($0.quoted) has a line end" },
                retry.flatMap(Self.retryProblem),
            ].compactMap { $0 }
        case .retry(let time):
            [Self.retryProblem(time)].compactMap { $0 }
        case .padding(let count) where count < 1 + lineEnding.bytes.count:
            ["the padding needs at least \(1 + lineEnding.bytes.count) bytes"]
        case .padding(let count) where count > Self.paddingLimit:
            ["the padding is longer than 64 MiB; repeat a shorter one"]
        case .wait(let time) where time < .zero:
            ["the delay is negative"]
        case .comment, .raw, .padding, .wait, .gate, .mark, .end, .drop, .stall, .hold, .halfClose:
            []
        }
    }

    private static func retryProblem(_ time: Duration) -> String? {
        if time < .zero { return "the delay \(time.text) is negative" }
        if time != .milliseconds(time.wholeMilliseconds) {
            return "retry is told in whole milliseconds (write other values with .raw)"
        }
        return nil
    }

    private var modifierProblems: [String] {
        var problems: [String] = []
        if repetitions < 1 {
            problems.append("it is repeated \(repetitions) times")
        } else if repetitions > 1, isTerminal {
            problems.append("a terminal step cannot be repeated")
        }
        if !writes {
            if cut != nil { problems.append("it writes nothing that could be cut") }
            if dribble != nil { problems.append("it writes nothing that could be dribbled") }
            if lineEnding != .lf { problems.append("it writes no lines") }
            return problems
        }
        if case .raw = kind, lineEnding != .lf {
            problems.append("raw bytes go out as they are, whatever the line ending")
        }
        if let cut {
            let count = fullBytes.count
            if cut < 0 { problems.append("the cut is negative") }
            if cut > count { problems.append("the cut is beyond its \(count) bytes") }
        }
        if let dribble {
            if dribble.bytes < 1 { problems.append("a dribbled piece has no bytes") }
            if dribble.interval < .zero { problems.append("the delay is negative") }
        }
        return problems
    }
}

extension String {
    var isOneLine: Bool {
        !utf8.contains { $0 == 0x0A || $0 == 0x0D }
    }
}
