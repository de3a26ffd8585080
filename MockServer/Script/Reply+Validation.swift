extension Reply {
    /// Something in a script that makes no sense.
    struct Problem: Sendable, Hashable {
        /// The number of the step, from 1; `nil` if the reply itself is wrong.
        var step: Int?
        var text: String
    }

    /// What makes no sense about this reply by itself.
    var problems: [Problem] {
        switch kind {
        case .stream(let steps, let headers, let framing, let coding):
            problems(of: steps, headers, framing, coding)
        case .bytes(let steps):
            stepProblems(steps)
        case .status(let code, let headers, let body, let retryAfter):
            headerProblems(headers) + statusProblems(code, body, retryAfter)
        case .redirect(let code, let location):
            redirectProblems(code, location)
        case .refuse, .repeatLast:
            []
        }
    }

    private func problems(
        of steps: [Step], _ headers: Headers, _ framing: Framing, _ coding: Coding
    ) -> [Problem] {
        let problems =
            stepProblems(steps) + headerProblems(headers) + codingProblems(framing, coding)
        return problems.isEmpty ? framingProblems(steps, framing) : problems
    }

    private func stepProblems(_ steps: [Step]) -> [Problem] {
        var problems: [Problem] = []
        for (index, step) in steps.enumerated() {
            for text in step.problems {
                problems.append(Problem(step: index + 1, text: "\(step): \(text)"))
            }
            if index > 0, steps[index - 1].isTerminal {
                let text = "\(step) can never be played, as \(steps[index - 1]) ends the stream"
                problems.append(Problem(step: index + 1, text: text))
            }
        }
        return problems
    }

    private func headerProblems(_ headers: Headers) -> [Problem] {
        headers.compactMap { field in
            if !field.name.isToken {
                return Problem(text: "the header name \(field.name.quoted) is not a token")
            }
            if !field.value.isOneLine || field.value.utf8.contains(0) {
                return Problem(text: "the value of \(field.name) has a line end or a NUL")
            }
            switch field.name.lowercased() {
            case "content-encoding":
                return Problem(text: "\(field.name) follows from the reply; use .gzip")
            case "content-length", "transfer-encoding":
                return Problem(text: "\(field.name) follows from the framing; use .bytes to lie")
            default:
                return nil
            }
        }
    }

    private func framingProblems(_ steps: [Step], _ framing: Framing) -> [Problem] {
        guard case .contentLength(let length) = framing.kind else { return [] }
        guard length >= 0 else { return [Problem(text: "the content length is negative")] }
        // With the limits of a step, only the repetitions can make this overflow.
        var count = 0
        for step in steps {
            let (product, isTooMuch) = step.bytes.count.multipliedReportingOverflow(
                by: step.repetitions)
            count = isTooMuch ? .max : count + min(product, .max - count)
        }
        if count > length {
            let text = "its steps write \(count) bytes, its content length is \(length)"
            return [Problem(text: text)]
        }
        if let last = steps.last, last.staysOpen, count == length {
            let text =
                "\(last) comes after all \(length) bytes of the content length, where the client has "
                + "its whole answer; tell a longer one, or end it with .end"
            return [Problem(step: steps.count, text: text)]
        }
        guard steps.last.map({ $0.kind == .end || !$0.isTerminal }) ?? true else { return [] }
        guard count < length else { return [] }
        let text =
            "it ends cleanly after \(count) bytes, its content length is \(length); "
            + "to truncate it, let it end with .drop(.fin)"
        return [Problem(text: text)]
    }

    private func codingProblems(_ framing: Framing, _ coding: Coding) -> [Problem] {
        guard coding == .gzip, framing != .chunked, framing != .closeDelimited else { return [] }
        let text = "the length of compressed data is not told in advance; use .chunked"
        return [Problem(text: text)]
    }

    private func statusProblems(_ code: Int, _ body: String, _ retryAfter: Duration?) -> [Problem] {
        var problems: [Problem] = []
        if !(200...599).contains(code) {
            problems.append(Problem(text: "the status is not between 200 and 599"))
        }
        if code == 204 || code == 304, !body.isEmpty {
            problems.append(Problem(text: "an answer with status \(code) has no body"))
        }
        if let retryAfter, retryAfter < .zero {
            problems.append(Problem(text: "the delay \(retryAfter.text) is negative"))
        }
        return problems
    }

    private func redirectProblems(_ code: Int, _ location: String) -> [Problem] {
        var problems: [Problem] = []
        if !(300...399).contains(code) {
            problems.append(Problem(text: "the status is not between 300 and 399"))
        }
        if !location.isOneLine {
            problems.append(Problem(text: "the location has a line end"))
        }
        return problems
    }
}

extension String {
    /// Whether it is a token: [RFC 9110, section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2).
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
