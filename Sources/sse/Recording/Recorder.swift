import Foundation
import Locking
import MockServer
import ServerSentEvents

/// Writes the answers of a stream into a script file while they come.
///
/// After every part the file is a whole script, as if the stream were held there: whatever ends the
/// tool, the recording can be played. It keeps nothing in memory but the beginning of an answer that
/// is no stream.
final class Recorder: Sendable {
    private struct State {
        var file: ScriptFile
        /// The answer that is being received, unless it is a stream.
        var refusal: Refusal?
        /// The moment up to which the file tells the time.
        var toldUntil = ContinuousClock.now
        var answers = 0
        var bytes = 0
        var problem: (any Error)?
    }

    /// An answer other than a stream, of which the start of the body is kept.
    private struct Refusal {
        static let bodyLimit = 64 << 10

        var head: ResponseHead
        var body: [UInt8] = []
    }

    /// A wait of a script is no more exact than this.
    private static let resolution = Duration.milliseconds(1)

    private let state: Protected<State>

    /// Creates the file, or empties it.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - path: The path that the script answers.
    /// - Throws: The system's error.
    init(_ file: URL, path: String) throws {
        state = Protected(State(file: try ScriptFile(file, path: path)))
    }

    /// What kept the file from being written.
    var problem: String? {
        state.withLock { $0.problem }.map { ($0 as NSError).localizedDescription }
    }

    /// How much was recorded, in words.
    var summary: String {
        let (answers, bytes) = state.withLock { ($0.answers, $0.bytes) }
        return "\(answers) \(answers == 1 ? "answer" : "answers"), \(bytes) bytes of streams"
    }

    /// Writes a part of an answer.
    ///
    /// - Parameters:
    ///   - part: The part.
    ///   - now: When it came.
    func received(_ part: ResponseChannel.Part, at now: ContinuousClock.Instant = .now) {
        unlessThereIsAProblem { try Self.write(part, at: now, &$0) }
    }

    /// Writes what has come of an answer that the stream did not wait out.
    func finish() {
        unlessThereIsAProblem { try Self.writeRefusal(&$0) }
    }

    private func unlessThereIsAProblem(_ write: (inout State) throws -> Void) {
        state.withLock { state in
            guard state.problem == nil else { return }
            do {
                try write(&state)
            } catch {
                state.problem = error
            }
        }
    }

    private static func write(
        _ part: ResponseChannel.Part, at now: ContinuousClock.Instant, _ state: inout State
    ) throws {
        switch part {
        case .head(let head):
            try writeRefusal(&state)
            // What a redirect leads to is what the script answers.
            if (300..<400).contains(head.status) { return }
            state.answers += 1
            state.toldUntil = now
            if head.status == 200 {
                try state.file.begin(head.headers.kept)
            } else {
                state.refusal = Refusal(head: head)
                // A 204 has no body to wait for.
                if head.status == 204 { try writeRefusal(&state) }
            }
        case .chunks(let chunks):
            if state.refusal != nil {
                let room = Refusal.bodyLimit - (state.refusal?.body.count ?? 0)
                state.refusal?.body += chunks.joined().prefix(room)
                return
            }
            try writeWait(until: now, &state)
            for chunk in chunks {
                state.bytes += chunk.count
                try state.file.append(.raw(chunk))
            }
        case .end(let end, at: _):
            guard state.refusal == nil else { return try writeRefusal(&state) }
            switch end {
            case .complete:
                try writeWait(until: now, &state)
                try state.file.end(.end)
            case .failed:
                try writeWait(until: now, &state)
                try state.file.end(.drop(.fin))
            case .overflow, .timedOut, .interrupted:
                // The client's doing: the server would have gone on.
                try state.file.end(.hold)
            }
        }
    }

    /// Waits that are too short to be kept are made up for by the next.
    private static func writeWait(
        until now: ContinuousClock.Instant, _ state: inout State
    ) throws {
        let gap = state.toldUntil.duration(to: now)
        guard gap >= resolution else { return }
        let wait = Duration.microseconds(Int64(gap / .microseconds(1)))
        state.toldUntil += wait
        try state.file.append(.wait(wait))
    }

    private static func writeRefusal(_ state: inout State) throws {
        guard let refusal = state.refusal else { return }
        state.refusal = nil
        let body = String(decoding: refusal.body, as: UTF8.self)
        try state.file.append(
            Reply.status(refusal.head.status, headers: refusal.head.headers.kept, body: body))
    }
}

extension HeaderFields {
    /// The fields that a script should answer with, as recordings are shared: not those of the framing
    /// and of one moment, nothing that may be a credential, and no URL, whose query may be one.
    fileprivate var kept: Headers {
        let dropped: Set<String> = [
            "connection", "keep-alive", "content-length", "transfer-encoding", "content-encoding",
            "trailer", "upgrade", "date", "alt-svc",
        ]
        let fields = compactMap { field in
            dropped.contains(field.name.lowercased())
                || Redaction.isSecret(fieldName: field.name)
                || Redaction.isURL(fieldName: field.name)
                ? nil : Headers.Field(name: field.name, value: field.value)
        }
        // URLSession tells them in any order; two recordings of a stream should not differ by it.
        return Headers(fields.sorted { $0.name.lowercased() < $1.name.lowercased() })
    }
}
