extension Step {
    /// Writes one event: its `id`, `event` and `retry` lines if given, its `data` lines, and the
    /// blank line that dispatches it.
    ///
    /// - Parameters:
    ///   - data: The data; each of its lines becomes a `data` line.
    ///   - type: The event's type; without it the client takes `message`.
    ///   - id: The event's ID; an empty one resets the client's last event ID.
    ///   - retry: A reconnection time, in whole milliseconds.
    /// - Returns: The step.
    public static func event(
        _ data: String, type: String? = nil, id: String? = nil, retry: Duration? = nil
    ) -> Step {
        Step(.event(data: data, type: type, id: id, retry: retry))
    }

    /// Tells the client its reconnection time: `retry: …` and a blank line.
    ///
    /// - Parameter time: The reconnection time, in whole milliseconds.
    /// - Returns: The step.
    public static func retry(_ time: Duration) -> Step {
        Step(.retry(time))
    }

    /// Writes a comment and a blank line, as servers do to keep a connection alive.
    ///
    /// A comment inside an event, or without the blank line, is a ``raw(_:)-(String)`` step.
    ///
    /// - Parameter text: The comment; each of its lines becomes a comment line.
    /// - Returns: The step.
    public static func comment(_ text: String) -> Step {
        Step(.comment(text))
    }

    /// Writes bytes as they are.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: The step.
    public static func raw(_ bytes: [UInt8]) -> Step {
        Step(.raw(bytes))
    }

    /// Writes the UTF-8 bytes of a text as they are.
    ///
    /// - Parameter text: The text.
    /// - Returns: The step.
    public static func raw(_ text: String) -> Step {
        Step(.raw(Array(text.utf8)))
    }

    /// Writes bytes that a client ignores (a long comment line), as servers do to get past the
    /// buffers of proxies.
    ///
    /// - Parameter count: How many bytes, the line's end included; at least 2.
    /// - Returns: The step.
    public static func padding(_ count: Int) -> Step {
        Step(.padding(count))
    }

    /// Waits on the server's clock before the next step.
    ///
    /// - Parameter time: How long.
    /// - Returns: The step.
    public static func wait(_ time: Duration) -> Step {
        Step(.wait(time))
    }

    /// Waits until the test opens a gate with ``MockEventServer/openGate(_:)``.
    ///
    /// - Parameter name: The gate's name; a gate stays open for every connection after it.
    /// - Returns: The step.
    public static func gate(_ name: String) -> Step {
        Step(.gate(name))
    }

    /// Tells the test that the script came this far: see ``Connection/reached(_:within:fileID:line:)``.
    ///
    /// - Parameter name: The mark's name.
    /// - Returns: The step.
    public static func mark(_ name: String) -> Step {
        Step(.mark(name))
    }

    /// Ends the answer cleanly: with the last chunk, or what else the framing demands.
    public static var end: Step { Step(.end) }

    /// Drops the connection before the answer is complete: the last chunk is never written.
    ///
    /// - Parameter how: By a FIN or by a reset; both come after all bytes written before.
    /// - Returns: The step.
    public static func drop(_ how: Drop) -> Step {
        Step(.drop(how))
    }

    /// Falls silent for good, with the connection open, like a server that hangs.
    public static var stall: Step { Step(.stall) }

    /// Keeps the connection open until the client leaves; the test may send more on it.
    public static var hold: Step { Step(.hold) }

    /// Sends a FIN before the answer is complete and goes on reading until the client closes.
    public static var halfClose: Step { Step(.halfClose) }
}

extension Step {
    /// Writes only the beginning of the step.
    ///
    /// The bytes before the cut are a whole chunk of their own when the answer is chunked: the cut
    /// is one in the event stream, not in the framing. Follow it with ``drop(_:)``.
    ///
    /// - Parameter count: How many bytes are written; those of each repetition if it is repeated.
    /// - Returns: The shortened step.
    public func cut(afterBytes count: Int) -> Step {
        var step = self
        step.cut = count
        return step
    }

    /// Writes the step in small pieces.
    ///
    /// - Parameters:
    ///   - bytes: The size of a piece.
    ///   - interval: The time between two pieces, on the server's clock.
    /// - Returns: The slowed step.
    public func dribbled(_ bytes: Int, every interval: Duration) -> Step {
        var step = self
        step.dribble = Dribble(bytes: bytes, interval: interval)
        return step
    }

    /// Ends the lines of this step otherwise than by a line feed.
    ///
    /// - Parameter ending: What ends each line.
    /// - Returns: The changed step.
    public func lineEnding(_ ending: LineEnding) -> Step {
        var step = self
        step.lineEnding = ending
        return step
    }

    /// Does the step several times.
    ///
    /// - Parameter times: How often; at least 1.
    /// - Returns: The repeated step.
    public func repeated(_ times: Int) -> Step {
        var step = self
        step.repetitions = times
        return step
    }
}
