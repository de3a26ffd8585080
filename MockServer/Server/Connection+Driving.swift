extension Connection {
    /// Does one step, as if it stood in the script here.
    ///
    /// A script goes first: the step comes no earlier than where the script first stands still, in a
    /// ``Step/hold``, ``Step/stall``, ``Step/gate(_:)``, ``Step/wait(_:)`` or ``Step/halfClose``.
    /// Without a script (in a handler) the first step that writes sends the head of a `.stream`
    /// before it. A step never lands inside another: it waits for the one being written. Only
    /// ``Step/drop(_:)`` does not, and ends that one where it is.
    /// ``Step/hold``, ``Step/stall`` and ``Step/halfClose`` return when the connection has ended.
    ///
    /// - Parameter step: What to do.
    /// - Throws: ``MockServerError`` if the connection has ended or is half closed, or the step makes
    ///   no sense, or `CancellationError`.
    public func send(_ step: Step) async throws {
        try await send([step])
    }

    /// Does steps, one after the other, as if they stood in the script here.
    ///
    /// - Parameter steps: What to do.
    /// - Throws: As ``send(_:)-(Step)``.
    public func send(_ steps: [Step]) async throws {
        if let problem = Reply.stream(steps).problems.first {
            throw MockServerError(
                .invalidScript, "MockEventServer: sent on \(name): \(problem.text).")
        }
        if isScripted { try await standing.value() }
        for step in steps {
            do {
                try await perform(step)
            } catch is Gone {
                throw endedError
            }
        }
    }

    /// Answers with a whole reply, where a handler does not want the default head.
    ///
    /// - Parameter reply: The reply; any but `.repeatLast`.
    /// - Throws: ``MockServerError`` if the connection has ended, an answer was begun or the reply
    ///   makes no sense, or `CancellationError`.
    public func respond(_ reply: Reply) async throws {
        if let problem = reply.problems.first {
            throw MockServerError(
                .invalidScript, "MockEventServer: sent on \(name): \(problem.text).")
        }
        try checkUnanswered()
        guard reply != .repeatLast else {
            throw MockServerError(
                .invalidScript, "MockEventServer: sent on \(name): no reply is before .repeatLast.")
        }
        do {
            try await play(reply)
        } catch is Gone {
            throw endedError
        }
    }

    /// Sends the head of a stream that a channel goes on with.
    ///
    /// - Parameter headers: More headers than those of every stream.
    /// - Throws: ``MockServerError`` if the connection has ended or an answer was begun, or
    ///   `CancellationError`.
    func begin(headers: Headers) async throws {
        try checkUnanswered()
        do {
            try await takeTurn { try await beginStream(headers: headers, framing: .chunked) }
        } catch is Gone {
            throw endedError
        }
    }

    /// Whether no part of an answer has been begun.
    var isUnanswered: Bool { begun.current == nil && !isScripted }

    private func checkUnanswered() throws {
        guard isUnanswered else {
            throw MockServerError(
                .impossible, "MockEventServer: \(name) is being answered already.")
        }
    }

    /// Drops the connection, in the middle of whatever its script does.
    ///
    /// It does not wait for a step or an answer that is being written, which ends where it is. It
    /// does nothing if the connection has ended. A script's head goes first, unless the client does
    /// not take it within the server's `waitLimit`. A cancelled reset waits for nothing.
    ///
    /// - Parameter how: By a FIN or by a reset, after all bytes written before.
    public func drop(_ how: Step.Drop) async {
        if isScripted {
            // Bounded, as a client that does not read may not even take the head.
            let never = Promise<Never>()
            _ = try? await begun.value(within: surroundings.waitLimit, unless: never)
        }
        try? await perform(.drop(how))
    }

    /// The name of this connection in texts.
    var name: String { "connection \(number) on \(path)" }

    var endedError: MockServerError {
        let ending = journalEntry.ending
        let how = ending.map { "was ended by the \($0.by.rawValue) at +\($0.at.text)" }
        return MockServerError(
            .connectionEnded,
            "MockEventServer: \(name) \(how ?? "can be written to no more"); nothing was sent.",
            journal: [journalEntry])
    }
}
